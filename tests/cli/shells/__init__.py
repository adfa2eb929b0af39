"""What needs bash and zsh: run by `make test-shells`."""
