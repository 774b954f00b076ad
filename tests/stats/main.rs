//! The kernels against numbers from R's `survey` package. The files are read from `../shared/oracle`
//! and never copied; without them the tests say so and pass, except on CI, where they must be there.

mod oracle;
mod reference;
