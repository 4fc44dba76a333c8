"""What all commands share: options, help, completion, output, errors, progress."""
