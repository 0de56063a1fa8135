# make run    builds a release and serves the demo house
# make test   runs every test there is, the browser's included
# make dev    serves the demo house, builds again and reloads on each change
CARGO ?= cargo
export CARGO

CLIPPY := $(CARGO) clippy --quiet
BUNDLE := $(CARGO) run --quiet --package bundle --
WASM := --target wasm32-unknown-unknown --lib --no-default-features --features

.PHONY: build run test dev bench bench-peers fmt fmt-check lint lint-browser site bundle rust test-rust test-browser

build: site
	scripts/server

run: build
	target/release/vacancy serve --demo

dev: rust
	scripts/dev

# The browser's files, as the server will hold them.
site: rust
	scripts/need wasm-opt
	scripts/wasm guest
	scripts/wasm desk
	$(MAKE) --no-print-directory bundle

bundle:
	$(BUNDLE) --from target/browser/guest --from target/browser/desk --from public --style style --out target/site/pkg

# Cheapest first, so that a mistake is told early. The build of the Rust tests lints what it compiles: to check all that we
# depend on once more for clippy alone would take minutes.
test: fmt-check lint-browser
	RUSTC_WORKSPACE_WRAPPER=$(CURDIR)/scripts/clippy-rustc $(MAKE) test-rust
	$(MAKE) build
	$(BUNDLE) --check --out target/site/pkg
	$(MAKE) test-browser
	$(CARGO) run --release --package bench -- --quick > /dev/null

test-rust: rust
	$(CARGO) test --package bundle --package bench
	$(CARGO) test --lib
	$(CARGO) test --features ssr

test-browser:
	scripts/need browser
	scripts/end2end

lint: fmt-check lint-browser
	$(CLIPPY) --package bundle --package bench --all-targets -- -D warnings
	$(CLIPPY) --lib --tests -- -D warnings
	$(CLIPPY) --features ssr --all-targets -- -D warnings

lint-browser: rust
	$(CLIPPY) $(WASM) guest -- -D warnings
	$(CLIPPY) $(WASM) desk -- -D warnings

fmt-check: rust
	$(CARGO) fmt --all --check

fmt: rust
	$(CARGO) fmt --all

# make bench BENCH=--quick for small loads, BENCH=--curve for ever larger databases; BENCH="--write docs/performance.md"
# writes the page.
BENCH ?=
bench: build bench-peers
	$(CARGO) run --release --package bench -- $(BENCH)

# The servers that ours is compared with. What cannot be had is told in its row; nchan comes from the system:
# apt-get install nginx-light libnginx-mod-nchan
bench-peers:
	scripts/bench-peers

rust:
	@scripts/need rust
