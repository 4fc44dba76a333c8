"""What mechanisms are declared with: `Mechanism`, call points of the core, composition."""
