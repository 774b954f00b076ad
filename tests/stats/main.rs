//! The kernels against numbers from R's `survey` package and the examples of the statistics
//! specification. R's files are read from `../shared/oracle` and never copied; without them the tests say
//! so and pass, except on CI, where they must be there.
#![expect(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::float_cmp,
    clippy::print_stdout,
    reason = "a test that cannot go on says so by panicking; its numbers are small and exact"
)]

mod attack;
mod edges;
mod edges_of_weights;
mod gate;
mod gate_attacks;
mod gate_steps;
mod intervals;
mod limits;
mod oracle;
mod publication;
mod reference;
mod replicates;
mod sample;
mod small;
mod tiny;
mod unions;
mod weights;
