"""A case in enforcement: docket, tracing, seizure, sale, distribution."""
