"""What a person sees, and what goes in and out of the file."""
