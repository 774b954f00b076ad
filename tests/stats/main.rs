//! The kernels against numbers from R's `survey` package and the examples of the statistics
//! specification. R's files are read from `../shared/oracle` and never copied; without them the tests say
//! so and pass, except on CI, where they must be there.

mod edges;
mod oracle;
mod publication;
mod reference;
mod weights;
