use clap::Args;
#[derive(Args)]
pub(crate) struct Build {}
impl Build {
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        Ok(true)
    }
}
