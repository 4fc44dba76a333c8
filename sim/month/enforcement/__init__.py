"""A case in the hands of a court: docket, tracing, seizure, sale, distribution."""
