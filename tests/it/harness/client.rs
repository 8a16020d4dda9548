//! A served world, and a client that knows only its addresses and keys.

use super::simulator;
use last_resort::sim::{Running, World};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::Value;

/// JSON pointer to the NCIP block of a partner record.
pub(crate) const NCIP: &str = "/partner_details/profile_details/ncip_details";

/// An answer with its body read in full.
#[derive(Debug)]
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
}

impl Got {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e} in {}", self.text))
    }

    /// Returns the code of the first error, from JSON or XML.
    pub(crate) fn code(&self) -> String {
        match serde_json::from_str::<Value>(&self.text) {
            Ok(body) => body["errorList"]["error"][0]["errorCode"].as_str().unwrap_or_default().to_owned(),
            Err(_) => self
                .text
                .split_once("<errorCode>")
                .and_then(|(_, rest)| rest.split_once("</errorCode>"))
                .map_or_else(String::new, |(code, _)| code.to_owned()),
        }
    }
}

/// A served world with a client for it.
pub(crate) struct Scene {
    pub(crate) running: Running,
    pub(crate) client: Client,
}

impl Scene {
    pub(crate) async fn of(world: &str) -> Self {
        Self::with(simulator::embedded(world)).await
    }

    pub(crate) async fn from_toml(text: &str) -> Self {
        Self::with(simulator::world(text)).await
    }

    async fn with(world: World) -> Self {
        // Another test in this process may have installed the provider already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client =
            Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().tls_certs_only([]).build();
        Self { running: simulator::serve(world).await, client: client.expect("a client") }
    }

    /// Prepares a call of Alma's API with the world's key, asking for JSON. The path begins after `/almaws/v1`.
    pub(crate) fn alma_call(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}/almaws/v1{path}", self.running.alma_url()))
            .header("Authorization", format!("apikey {}", self.running.keys().alma))
            .header("Accept", "application/json")
    }

    pub(crate) async fn alma(&self, method: Method, path: &str) -> Got {
        read(self.alma_call(method, path).send().await.expect("an answer")).await
    }

    pub(crate) async fn alma_send(&self, method: Method, path: &str, body: &Value) -> Got {
        let call = self.alma_call(method, path).header("Content-Type", "application/json").body(body.to_string());
        read(call.send().await.expect("an answer")).await
    }

    pub(crate) async fn alma_get(&self, path: &str) -> Value {
        let got = self.alma(Method::GET, path).await;
        assert_eq!(got.status, 200, "{path}: {}", got.text);
        got.json()
    }

    /// Prepares a call of ILLiad's API with the world's key. The path begins after the Web Platform's.
    pub(crate) fn illiad_call(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.running.illiad_url()))
            .header("ApiKey", &self.running.keys().illiad)
            .header("Accept", "application/json")
    }

    pub(crate) async fn illiad(&self, method: Method, path: &str) -> Got {
        read(self.illiad_call(method, path).send().await.expect("an answer")).await
    }

    pub(crate) async fn illiad_send(&self, method: Method, path: &str, body: &Value) -> Got {
        let call = self.illiad_call(method, path).header("Content-Type", "application/json").body(body.to_string());
        read(call.send().await.expect("an answer")).await
    }
}

pub(crate) async fn read(response: Response) -> Got {
    Got {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        text: response.text().await.expect("a body"),
    }
}
