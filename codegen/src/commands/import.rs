use clap::Args;
#[derive(Args)]
pub(crate) struct Import {}
impl Import {
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        Ok(true)
    }
}
