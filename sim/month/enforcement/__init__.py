"""A case in enforcement: its place in the queue, tracing, seizure, sale, distribution."""
