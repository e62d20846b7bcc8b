# `make test` installs what is missing and passes every test. See README.md.

.PHONY: test lint bench tools

test: tools
	cargo build --locked -p headroom-cli
	cargo test --locked --workspace

lint: tools
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings

tools:
	@.ci/setup
