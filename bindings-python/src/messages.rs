//! Messages of a subscription: Python reads of each what its program does, from what the server sent.

use std::sync::Arc;

use bytes::Bytes;
use jiter::StringCacheMode;
use polywrite::{RAW_CALL, RealtimeEvent, RealtimeMessage, Response};
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;

use crate::decode::decode;

/// A batch of messages, by place.
#[pyclass(frozen, module = "polywrite._polywrite")]
pub(crate) struct Messages(pub(crate) Arc<Vec<RealtimeMessage>>);

#[pymethods]
impl Messages {
    fn __len__(&self) -> usize {
        self.0.len()
    }

    /// The places of gaps, and how many events were dropped there.
    fn gaps(&self) -> Vec<(usize, Option<u64>)> {
        let places = self.0.iter().enumerate();
        let dropped = |(place, message): (usize, &RealtimeMessage)| match message {
            RealtimeMessage::Gap(gap) => Some((place, gap.dropped)),
            RealtimeMessage::Event(_) => None,
        };
        places.filter_map(dropped).collect()
    }

    /// The name of the model that the payload of an event is.
    fn model(&self, place: usize) -> PyResult<Option<&'static str>> {
        Ok(self.event(place)?.model())
    }

    /// The payload of an event, decoded.
    fn payload(&self, py: Python<'_>, place: usize) -> PyResult<Py<PyAny>> {
        let payload = self.event(place)?.payload_json().clone();
        // Few values of one event come again in another one.
        decode(py, &Response::of_json(&RAW_CALL, payload), StringCacheMode::Keys)
    }

    /// What an event says beside its payload, decoded.
    fn record(&self, py: Python<'_>, place: usize) -> PyResult<Py<PyAny>> {
        let record = Bytes::from(self.event(place)?.record_json());
        decode(py, &Response::of_json(&RAW_CALL, record), StringCacheMode::Keys)
    }
}

impl Messages {
    fn event(&self, place: usize) -> PyResult<&RealtimeEvent> {
        match self.0.get(place) {
            Some(RealtimeMessage::Event(event)) => Ok(event),
            _ => Err(PyIndexError::new_err("there is no event")),
        }
    }
}
