"""JSON for programs, in shapes that stay: fields are added, never renamed, never taken away."""
