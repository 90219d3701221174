//! What stands where in some bytes.

/// A bit for each byte, the lowest for the first.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::received) struct Marks {
    pub(in crate::received) quotes: u64,
    pub(in crate::received) backslashes: u64,
    pub(in crate::received) brackets: u64,
}

impl Marks {
    /// Those of `size` bytes and of what is behind them.
    pub(super) fn before(&self, behind: &Self, size: usize) -> Self {
        let joined = |first: u64, rest: u64| rest << size | first;
        Self {
            quotes: joined(self.quotes, behind.quotes),
            backslashes: joined(self.backslashes, behind.backslashes),
            brackets: joined(self.brackets, behind.brackets),
        }
    }
}
