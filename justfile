# What CI runs, in the same order.
ready:
    bash .ci/run

# The tests alone.
test:
    cargo test

# Accept new snapshots and write the generated pages anew; read the difference before committing it.
update:
    INSTA_UPDATE=always cargo test --test rules
    UPDATE_DOCS=1 cargo test --test registry

# Find problems in a policy, as a user would.
check *ARGS:
    cargo run --quiet --release -- check {{ARGS}}
