"""What happens in a month, step by step: `calendar` says in which order."""
