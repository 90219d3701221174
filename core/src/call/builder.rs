//! What all builders of calls with optional parameters have in common.

/// A struct around a call, for the setters of its optional parameters.
///
/// `typed Model`: the user data in its response can have a type. `file`: its response is a file. `list Model`: its response
/// is a page of a list.
#[doc(hidden)]
#[macro_export]
macro_rules! builder {
    (
        $(#[$about:meta])*
        pub struct $name:ident $(<$data:ident>)? ($call:ty) with $options:ident $(, $extra:ident $($model:ty)?)*
    ) => {
        $(#[$about])*
        #[must_use = "a call is made by awaiting it"]
        pub struct $name $(<$data>)? ($call);

        impl $(<$data>)? $name $(<$data>)? {
            /// Sets how the call is made.
            #[inline]
            pub fn with_options(self, options: $crate::$options) -> Self {
                Self(self.0.with_options(options))
            }

            /// Makes the call, and returns the response beside what awaiting the call alone returns: its status, headers and
            /// rate limit, failed attempts, and how long the call took.
            ///
            /// # Errors
            /// Those of the call.
            #[inline]
            pub async fn with_response(
                self,
            ) -> $crate::Result<$crate::WithResponse<<$call as $crate::sdk::Responds>::Data>> {
                self.0.with_response().await
            }

            $($crate::builder!(@$extra $($model)?);)*
        }

        impl $(<$data>)? From<$name $(<$data>)?> for $call {
            fn from(call: $name $(<$data>)?) -> Self {
                call.0
            }
        }

        impl $(<$data>)? IntoFuture for $name $(<$data>)?
        where
            $call: IntoFuture,
        {
            type Output = <$call as IntoFuture>::Output;
            type IntoFuture = <$call as IntoFuture>::IntoFuture;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.0.into_future()
            }
        }
    };
    (@typed $model:ty) => {
        /// The same call, with the user data of its response as `Data`; the last of the setters.
        #[inline]
        pub fn typed<Data>(self) -> $crate::Call<<$model as $crate::Typed<Data>>::Model>
        where
            $model: $crate::Typed<Data>,
            <$model as $crate::Typed<Data>>::Model: $crate::sdk::serde::de::DeserializeOwned,
        {
            self.0.typed()
        }
    };
    (@list $model:ty) => {
        /// All items of the list, page after page, in the order of the queries. A query `limit` bounds the whole list.
        #[inline]
        pub fn items(self) -> $crate::Items<$model>
        where
            $model: $crate::sdk::serde::de::DeserializeOwned,
        {
            self.0.items()
        }

        /// All pages of the list, each as its whole response; see [`items`](Self::items).
        #[inline]
        pub fn pages(self) -> $crate::Pages<$model>
        where
            $model: $crate::sdk::serde::de::DeserializeOwned,
        {
            self.0.pages()
        }
    };
    (@file) => {
        /// The whole file in memory.
        ///
        /// # Errors
        /// As [`Client::download`](crate::Client::download).
        #[inline]
        pub async fn bytes(self) -> $crate::Result<$crate::sdk::bytes::Bytes> {
            self.0.bytes().await
        }

        /// The file as it arrives, piece by piece.
        ///
        /// # Errors
        /// As [`Client::download`](crate::Client::download).
        #[inline]
        pub async fn stream(self) -> $crate::Result<$crate::Download> {
            self.0.stream().await
        }

        /// Writes the file to `path`, under a temporary name until it is complete.
        ///
        /// # Errors
        /// As [`Client::download_to`](crate::Client::download_to).
        #[inline]
        pub async fn save_to(self, path: impl Into<::std::path::PathBuf>) -> $crate::Result<$crate::Downloaded> {
            self.0.save_to(path).await
        }

        /// As `save_to`, with progress and more; `options` replace those set before.
        ///
        /// # Errors
        /// As [`Client::download_to`](crate::Client::download_to).
        #[inline]
        pub async fn save_with(
            self,
            path: impl Into<::std::path::PathBuf>,
            options: $crate::DownloadOptions,
        ) -> $crate::Result<$crate::Downloaded> {
            self.0.save_with(path, options).await
        }
    };
}
