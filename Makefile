# `make run` opens the planner on the sample organisation, `make test` passes every test. Each installs what is missing.
# See README.md.

.PHONY: run test test-page test-programs test-kind other-days screenshots bench lint tools

# Cargo gives dependencies the features that the packages of one command ask for together. Every command names the whole
# workspace, so that none compiles again what another has compiled.
CARGO_SET = --locked --workspace

run: ui/dist/index.html
	cargo build --release $(CARGO_SET) --bin headroom-desktop
	@.ci/open target/release/headroom-desktop --sample

# The programs first, in the features of the tests: those from outside start them.
test: ui/dist/index.html
	cargo build $(CARGO_SET) --bins --tests
	@$(MAKE) --no-print-directory --jobs=2 test-page test-programs
	@$(MAKE) --no-print-directory test-kind

test-page:
	cd ui && npm test

test-programs:
	env -u MAKEFLAGS cargo test $(CARGO_SET)

# A kind of entity more, all the way round. It is compiled apart, since every crate that knows the kinds is another with it.
test-kind: ui/dist/index.html
	env -u MAKEFLAGS cargo test $(CARGO_SET) --features headroom-app/example-kind --test example_kind

# The same on other days, in other time zones.
other-days:
	@.ci/other-days

# Every view at three sizes, light and dark: pictures, and one sheet of each size in target/screenshots/views.
screenshots: ui/dist/index.html
	cargo build $(CARGO_SET) --bins --tests
	@.ci/screenshots

bench: ui/dist/index.html
	@.ci/setup bench
	cargo build --release $(CARGO_SET) --bins
	@.ci/bench $(PARTS)

lint: ui/dist/index.html
	cd ui && npm run check && npm run lint
	cargo fmt --all --check
	cargo clippy $(CARGO_SET) --all-targets -- -D warnings

# The page is built into the program, so that it comes first; and only when something of it has changed, since the
# program is compiled again with every new page. Folders tell of files that have gone.
ui/dist/index.html: $(shell find ui/src) ui/index.html ui/package-lock.json ui/vite.config.ts ui/svelte.config.js ui/tsconfig.json | tools
	cd ui && npm run build
	@touch $@

tools:
	@.ci/setup
