//! `trygg staff`: accounts and API tokens.

use zeroize::Zeroizing;

use super::{Done, arguments};
use crate::{service::staff, settings::Settings};

pub(super) async fn run(arguments: arguments::Staff, settings: Settings) -> Done {
    let office = super::office(settings).await?;
    match arguments {
        arguments::Staff::Add { login, name, organisation, roles } => {
            eprintln!("type the password (at least 12 characters) and press Enter:");
            let mut password = Zeroizing::new(String::new());
            std::io::stdin().read_line(&mut password)?;
            let password = Zeroizing::new(password.trim_end_matches(['\r', '\n']).to_owned());
            staff::add(&office, &login, &name, &organisation, &roles, &password).await?;
            println!("{login} can sign in");
        }
        arguments::Staff::Token { login, name } => {
            println!("{}", staff::make_token(&office, &login, &name).await?);
        }
    }
    Ok(())
}
