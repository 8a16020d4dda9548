//! A campus for tests.
use last_resort::site::{Site, SiteDraft};

/// Queens College's sandbox, with one patron in the sample.
pub(crate) fn site(stance: &str) -> Site {
    let text = format!(
        r#"
institution = "01CUNY_QC"
name = "Queens College"
environment = "sandbox"
stance = "{stance}"

[alma]
url = "https://api-na.hosted.exlibrisgroup.com"
library = "QCRS"

[illiad]
url = "https://qc.illiad.oclc.org/illiadwebplatform/"

[patrons]
sample = ["10000001"]
"#
    );
    SiteDraft::from_toml(&text).accept().expect("a campus")
}
