//! Implements the port `AlmaRead`.
use super::answer::RecordAnswer;
use super::client::{AlmaClient, PageEnd, PagedList, page};
use super::key;
use super::lists::{ListPage, once_each};
use super::shapes::{self, WireDesk, WireLibrary, WireLocation, WirePartner, WireRow, with_names};
use crate::engine::observed::{
    AlmaUser, CodeRow, Desk, General, Library, ListExtent, Location, PartnerEntry, PartnerRecord, RowList, UnreadKind,
    UnreadReason, WriteAccess,
};
use crate::io::http::{CodedValue, HttpRequest, RequestPurpose};
use crate::io::text::without_keys;
use crate::ports::AlmaRead;
use crate::recipe::CodeTable;
use reqwest::Method;
use serde::de::DeserializeOwned;

/// Upper limit of partners read. A zone may have thousands, and each hundred takes a call.
const PARTNERS: usize = 2000;

/// Upper limit of desks read.
const DESKS: usize = 500;

/// Alma's code for "partner not found".
const NO_PARTNER: &[&str] = &["402118"];

/// Alma's codes for "user not found", without and with a type of identifier.
const NO_USER: &[&str] = &["401861", "401890"];

impl AlmaRead for AlmaClient {
    fn proxy(&self) -> Option<String> {
        self.http.through(self.get(&["conf", "general"]).url())
    }

    async fn general(&self) -> Result<General, UnreadReason> {
        let ask = self.get(&["conf", "general"]);
        let record = self.record(&ask).await?;
        shapes::general(&record.value).map_err(|why| self.another_shape(&ask, &why))
    }

    async fn libraries(&self) -> Result<Vec<Library>, UnreadReason> {
        let ask = self.get(&["conf", "libraries"]);
        let record = self.record(&ask).await?;
        self.list::<WireLibrary, _>(&ask, &record, "library", |row| &row.name)
    }

    async fn locations(&self, library: &str) -> Result<Option<Vec<Location>>, UnreadReason> {
        let ask = self.get(&["conf", "libraries", named(library)?, "locations"]);
        let Some(record) = self.of_library(&ask, library).await? else { return Ok(None) };
        self.list::<WireLocation, _>(&ask, &record, "location", |row| &row.name).map(Some)
    }

    async fn desks(&self, library: &str) -> Result<Option<Vec<Desk>>, UnreadReason> {
        let mut desks: PagedList<WireDesk> = PagedList::default();
        while desks.rows.len() < DESKS {
            // The empty segment makes the trailing slash that the specification asks for.
            let ask = self.get(&["conf", "libraries", named(library)?, "circ-desks", ""]);
            let ask = page(ask, desks.rows.len());
            let Some(record) = self.of_library(&ask, library).await? else { return Ok(None) };
            match self.add_page(&ask, &record, "circ_desk", &mut desks)? {
                PageEnd::Last => {
                    let rows = with_names(desks.rows, |desk| &desk.name).map_err(|why| self.no_list(&ask, &why))?;
                    return Ok(Some(rows.into_iter().map(Desk::from).collect()));
                }
                PageEnd::Unclear(why) => return Err(self.no_list(&ask, &why)),
                PageEnd::More { .. } => {}
            }
        }
        let ask = self.get(&["conf", "libraries", named(library)?, "circ-desks", ""]);
        Err(self.another_shape(&ask, &format!("the list has more than {DESKS} desks and was not read to the end")))
    }

    async fn code_table(&self, table: CodeTable) -> Result<Vec<CodeRow>, UnreadReason> {
        let ask = self.get(&["conf", "code-tables", table.name()]);
        let record = self.record(&ask).await?;
        let rows = ListPage::<WireRow>::of(&record.value, "row")
            .and_then(ListPage::table)
            .and_then(|rows| with_names(rows, |row| &row.description));
        Ok(rows.map_err(|why| self.no_list(&ask, &why))?.into_iter().map(CodeRow::from).collect())
    }

    async fn partner(&self, code: &str) -> Result<Option<PartnerRecord>, UnreadReason> {
        let ask = self.get(&["partners", named(code)?]);
        self.found(&ask, NO_PARTNER).await?.map(|record| self.partner_of(&ask, record)).transpose()
    }

    async fn partners(&self) -> Result<RowList<PartnerEntry>, UnreadReason> {
        let found = self.pages::<WirePartner>(&self.get(&["partners"]), "partner", PARTNERS).await?;
        if let ListExtent::Cut(why) = &found.extent {
            tracing::info!(why, "the zone has more partners; the rest were not read");
        }
        let rows: Vec<PartnerEntry> = found.rows.into_iter().map(PartnerEntry::from).collect();
        let extent = once_each(rows.iter().map(|row| row.code.as_str()), found.extent);
        Ok(RowList { rows, extent })
    }

    async fn may_write(&self) -> Result<WriteAccess, UnreadReason> {
        // The test changes no data, so it may be repeated like a read.
        let post = self.ask(Method::POST, &["partners", "operation", "test"], RequestPurpose::Read);
        let Some(refusal) = self.test(&post).await? else { return Ok(WriteAccess::ReadWrite) };
        let refused = refusal.unread(&post);
        if !matches!(refused.why, UnreadKind::NotAllowed | UnreadKind::KeyRefused) {
            return Err(refused);
        }
        // Alma uses the same code for "may not write" and for "may not even read".
        match self.test(&self.get(&["partners", "operation", "test"])).await? {
            None => Ok(WriteAccess::ReadOnly),
            Some(_) => Err(refused),
        }
    }

    async fn user(&self, id: &str) -> Result<Option<AlmaUser>, UnreadReason> {
        // The brief view leaves out the resource sharing libraries (openapi/users.json, parameter `view`).
        let ask = self.get(&["users", named(id)?]).query("view", "full").query("expand", "none");
        let ask = ask.hidden_after("/users/");
        let found = self.found(&ask, NO_USER).await?;
        found.map(|record| shapes::user(&record.value, id).map_err(|why| self.another_shape(&ask, &why))).transpose()
    }
}

impl AlmaClient {
    fn list<W: DeserializeOwned, T: From<W>>(
        &self,
        ask: &HttpRequest,
        record: &RecordAnswer,
        item: &str,
        name: fn(&W) -> &CodedValue,
    ) -> Result<Vec<T>, UnreadReason> {
        let list =
            ListPage::<W>::of(&record.value, item).and_then(ListPage::whole).and_then(|rows| with_names(rows, name));
        let list = list.map_err(|why| self.no_list(ask, &why))?;
        Ok(list.into_iter().map(T::from).collect())
    }

    /// A read below a library; `None` if there is no such library. No answer is documented for that, so after any
    /// refusal by a rule of Alma's, the whole list of libraries decides.
    async fn of_library(&self, ask: &HttpRequest, library: &str) -> Result<Option<RecordAnswer>, UnreadReason> {
        let refusal = match self.read(ask).await? {
            Ok(record) => return Ok(Some(record)),
            Err(refusal) => refusal,
        };
        if refusal.is_by_rule()
            && let Ok(libraries) = self.libraries().await
            && libraries.iter().all(|known| known.code != library)
        {
            return Ok(None);
        }
        Err(refusal.unread(ask))
    }

    fn partner_of(&self, ask: &HttpRequest, record: RecordAnswer) -> Result<PartnerRecord, UnreadReason> {
        let RecordAnswer { value: mut body, wire } = record;
        if !body.get("partner_details").is_some_and(serde_json::Value::is_object) {
            return Err(self.another_shape(ask, "the answer has no partner_details"));
        }
        let key = key::take(&mut body, self.key_pointer());
        // Messages name a record by its code. One whose code has a key in it is not ours, and is never sent back.
        if let Some(code) = body.pointer_mut("/partner_details/code") {
            without_keys(code, &self.secrets());
        }
        Ok(PartnerRecord { body, key, wire })
    }
}

/// Checks that a name can be a path segment. `..`, for example, would ask for the level above.
fn named(name: &str) -> Result<&str, UnreadReason> {
    if matches!(name, "" | "." | "..") {
        let what = format!("Alma cannot be asked about the name \"{name}\"");
        return Err(UnreadReason::new(UnreadKind::NotAsked, what, "correct it in the campus file"));
    }
    Ok(name)
}
