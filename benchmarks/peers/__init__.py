"""Speed of Servanda beside its peers; see ``python -m benchmarks.peers --help``."""
