"""Tools for declaring mechanisms: `Mechanism`, call points of the core, composition."""
