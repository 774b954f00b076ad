//! `trygg staff`: accounts and API tokens.

use super::{Done, arguments, password};
use crate::{service::staff, settings::Settings};

pub(super) async fn run(arguments: arguments::Staff, settings: Settings) -> Done {
    let office = super::office(settings).await?;
    match arguments {
        arguments::Staff::Add { login, name, organisation, roles } => {
            let password = password("type the password (at least 12 characters) and press Enter:")?;
            staff::add(&office, &login, &name, &organisation, &roles, &password).await?;
            println!("{login} can sign in");
        }
        arguments::Staff::Token { login, name } => {
            println!("{}", staff::make_token(&office, &login, &name).await?);
        }
    }
    Ok(())
}
