"""Many runs: experiment files, designs, a runner that loses nothing, and the store of results."""
