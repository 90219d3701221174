//! Countries, continents, currencies and languages: enough of each to develop against.

use serde_json::{Value, json};

use super::Handler;
use crate::{
    call::Call,
    response::{Handled, Response},
};

/// Code, name, continent, calling code, currency, whether in the European Union.
const COUNTRIES: &[(&str, &str, &str, &str, &str, bool)] = &[
    ("AR", "Argentina", "SA", "54", "ARS", false),
    ("AT", "Austria", "EU", "43", "EUR", true),
    ("AU", "Australia", "OC", "61", "AUD", false),
    ("BE", "Belgium", "EU", "32", "EUR", true),
    ("BG", "Bulgaria", "EU", "359", "BGN", true),
    ("BR", "Brazil", "SA", "55", "BRL", false),
    ("CA", "Canada", "NA", "1", "CAD", false),
    ("CH", "Switzerland", "EU", "41", "CHF", false),
    ("CN", "China", "AS", "86", "CNY", false),
    ("CY", "Cyprus", "EU", "357", "EUR", true),
    ("CZ", "Czechia", "EU", "420", "CZK", true),
    ("DE", "Germany", "EU", "49", "EUR", true),
    ("DK", "Denmark", "EU", "45", "DKK", true),
    ("EE", "Estonia", "EU", "372", "EUR", true),
    ("EG", "Egypt", "AF", "20", "EGP", false),
    ("ES", "Spain", "EU", "34", "EUR", true),
    ("FI", "Finland", "EU", "358", "EUR", true),
    ("FR", "France", "EU", "33", "EUR", true),
    ("GB", "United Kingdom", "EU", "44", "GBP", false),
    ("GR", "Greece", "EU", "30", "EUR", true),
    ("HR", "Croatia", "EU", "385", "EUR", true),
    ("HU", "Hungary", "EU", "36", "HUF", true),
    ("IE", "Ireland", "EU", "353", "EUR", true),
    ("IL", "Israel", "AS", "972", "ILS", false),
    ("IN", "India", "AS", "91", "INR", false),
    ("IT", "Italy", "EU", "39", "EUR", true),
    ("JP", "Japan", "AS", "81", "JPY", false),
    ("KE", "Kenya", "AF", "254", "KES", false),
    ("KR", "South Korea", "AS", "82", "KRW", false),
    ("LT", "Lithuania", "EU", "370", "EUR", true),
    ("LU", "Luxembourg", "EU", "352", "EUR", true),
    ("LV", "Latvia", "EU", "371", "EUR", true),
    ("MT", "Malta", "EU", "356", "EUR", true),
    ("MX", "Mexico", "NA", "52", "MXN", false),
    ("NG", "Nigeria", "AF", "234", "NGN", false),
    ("NL", "Netherlands", "EU", "31", "EUR", true),
    ("NO", "Norway", "EU", "47", "NOK", false),
    ("NZ", "New Zealand", "OC", "64", "NZD", false),
    ("PL", "Poland", "EU", "48", "PLN", true),
    ("PT", "Portugal", "EU", "351", "EUR", true),
    ("RO", "Romania", "EU", "40", "RON", true),
    ("SE", "Sweden", "EU", "46", "SEK", true),
    ("SI", "Slovenia", "EU", "386", "EUR", true),
    ("SK", "Slovakia", "EU", "421", "EUR", true),
    ("TR", "Turkey", "AS", "90", "TRY", false),
    ("UA", "Ukraine", "EU", "380", "UAH", false),
    ("US", "United States", "NA", "1", "USD", false),
    ("ZA", "South Africa", "AF", "27", "ZAR", false),
];

/// Code, name in English, name in Spanish.
const CONTINENTS: &[(&str, &str, &str)] = &[
    ("AF", "Africa", "África"),
    ("AN", "Antarctica", "Antártida"),
    ("AS", "Asia", "Asia"),
    ("EU", "Europe", "Europa"),
    ("NA", "North America", "América del Norte"),
    ("OC", "Oceania", "Oceanía"),
    ("SA", "South America", "América del Sur"),
];

/// Code, symbol, name, plural, decimal digits.
const CURRENCIES: &[(&str, &str, &str, &str, u8)] = &[
    ("USD", "$", "US Dollar", "US dollars", 2),
    ("EUR", "€", "Euro", "euros", 2),
    ("GBP", "£", "British Pound", "British pounds", 2),
    ("CHF", "CHF", "Swiss Franc", "Swiss francs", 2),
    ("JPY", "¥", "Japanese Yen", "Japanese yen", 0),
    ("INR", "₹", "Indian Rupee", "Indian rupees", 2),
    ("BRL", "R$", "Brazilian Real", "Brazilian reals", 2),
    ("CAD", "CA$", "Canadian Dollar", "Canadian dollars", 2),
];

/// Code, name, own name.
const LANGUAGES: &[(&str, &str, &str)] = &[
    ("ar", "Arabic", "العربية"),
    ("de", "German", "Deutsch"),
    ("en", "English", "English"),
    ("es", "Spanish", "Español"),
    ("fr", "French", "Français"),
    ("he", "Hebrew", "עברית"),
    ("hi", "Hindi", "हिन्दी"),
    ("it", "Italian", "Italiano"),
    ("ja", "Japanese", "日本語"),
    ("pt", "Portuguese", "Português"),
    ("sv", "Swedish", "Svenska"),
    ("uk", "Ukrainian", "Українська"),
    ("zh", "Chinese", "中文"),
];

pub(super) fn handler(name: &str) -> Option<Handler> {
    Some(match name {
        "get" => get,
        "listCodes" => |_| {
            let codes = LANGUAGES.iter().map(|(code, name, _)| json!({"code": code, "name": name}));
            Ok(list("localeCodes", codes.collect()))
        },
        "listContinents" => continents,
        "listCountries" => |_| Ok(list("countries", COUNTRIES.iter().map(country).collect())),
        "listCountriesEU" => {
            |_| Ok(list("countries", COUNTRIES.iter().filter(|country| country.5).map(country).collect()))
        }
        "listCountriesPhones" => |_| {
            let phones = COUNTRIES.iter().map(|(code, name, _, phone, ..)| {
                json!({"code": format!("+{phone}"), "countryCode": code, "countryName": name})
            });
            Ok(list("phones", phones.collect()))
        },
        "listCurrencies" => |_| {
            let currencies = CURRENCIES.iter().map(|(code, symbol, name, plural, digits)| {
                json!({
                    "symbol": symbol, "name": name, "symbolNative": symbol, "decimalDigits": digits,
                    "rounding": 0, "code": code, "namePlural": plural,
                })
            });
            Ok(list("currencies", currencies.collect()))
        },
        "listLanguages" => |_| {
            let languages = LANGUAGES
                .iter()
                .map(|(code, name, own)| json!({"name": name, "code": code, "nativeName": own}));
            Ok(list("languages", languages.collect()))
        },
        _ => return None,
    })
}

fn list(name: &str, items: Vec<Value>) -> Response {
    Response::list(name, items.len(), items)
}

fn country(country: &(&str, &str, &str, &str, &str, bool)) -> Value {
    json!({"name": country.1, "code": country.0})
}

fn speaks_spanish(call: &Call) -> bool {
    call.header("x-appwrite-locale") == Some("es")
}

fn continents(call: &Call) -> Handled {
    let spanish = speaks_spanish(call);
    let names = CONTINENTS
        .iter()
        .map(|(code, english, other)| json!({"name": if spanish { other } else { english }, "code": code}));
    Ok(list("continents", names.collect()))
}

/// Where the caller is: nowhere, unless a proxy says that they come from the network every example uses.
fn get(call: &Call) -> Handled {
    let ip = call.header("x-forwarded-for").unwrap_or("127.0.0.1");
    if ip.starts_with("8.8.8.") {
        let continent = if speaks_spanish(call) { "América del Norte" } else { "North America" };
        let country = if speaks_spanish(call) { "Estados Unidos" } else { "United States" };
        return Ok(Response::ok(json!({
            "ip": ip, "countryCode": "US", "country": country, "continentCode": "NA", "continent": continent,
            "eu": false, "currency": "USD",
        })));
    }
    Ok(Response::ok(json!({
        "ip": ip, "countryCode": "--", "country": "Unknown", "continentCode": "--", "continent": "Unknown",
        "eu": false, "currency": "",
    })))
}
