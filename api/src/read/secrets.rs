//! Which fields and parameters are secrets.

use super::raw;
use crate::{Api, Type};

impl raw::Secrets {
    /// Marks them.
    pub(super) fn mark(&self, api: &mut Api) {
        for (model, field) in api
            .models
            .values_mut()
            .flat_map(|model| model.fields.values_mut().map(|field| (&*model.name, field)))
        {
            let is_own = |place: &String| place.split_once('.') == Some((model, &field.name));
            let is_named = self.names.contains(&field.name) || self.fields.iter().any(is_own);
            // A number or a boolean of the same name is about a secret and is not one.
            let can_hold =
                !matches!(field.kind, Type::Integer | Type::BigInteger | Type::Float | Type::Boolean);
            field.secret = is_named && can_hold;
        }
        let methods = api.services.values_mut().flat_map(|service| service.methods.values_mut());
        for param in methods.flat_map(|method| method.params.values_mut()) {
            let is_named = self.names.contains(&param.name) || self.parameters.contains(&param.name);
            param.secret = is_named && param.kind == Type::String;
        }
    }
}
