# `make run` opens the planner on the sample organisation, `make test` passes every test. Each installs what is missing.
# See README.md.

.PHONY: run test bench lint tools page

run: page
	cargo build --release --locked -p headroom-desktop
	@.ci/open target/release/headroom-desktop --sample

test: page
	cd ui && npm test
	cargo build --locked --workspace
	cargo test --locked --workspace

bench: page
	@.ci/setup bench
	cargo build --release --locked --workspace
	@.ci/bench

lint: page
	cd ui && npm run check && npm run lint
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings

# The page is built into the program, so that it comes first.
page: tools
	cd ui && npm run build

tools:
	@.ci/setup
