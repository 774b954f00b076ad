//! Numeric kernels on slices: weights, variance, intervals, tests, the disclosure gate. Knows nothing of storage or HTTP.
