//! Users: read by name or by external id, and create (facts/illiad.md §1.5).
use super::books::{Illiad, laid_over, local_time};
use super::refusal::{invalid, message};
use crate::sim::crowd::{Habit, Patron};
use crate::sim::http::SimAnswer;
use serde_json::{Value, json};

pub(super) fn by_name(illiad: &Illiad, name: &str) -> SimAnswer {
    match refused_sign(name) {
        Some(_) => SimAnswer::html(400, "Bad Request"),
        None => as_answered(illiad.user(name), name),
    }
}

/// The character for which ASP.NET refuses a path, however it is encoded (facts/illiad.md §1.5).
fn refused_sign(name: &str) -> Option<char> {
    name.chars().find(|c| "&:%*+/\\<>?".contains(*c))
}

pub(super) fn by_external_id(illiad: &Illiad, id: &str) -> SimAnswer {
    as_answered(illiad.mapped_user(id), id)
}

fn as_answered(user: Option<&Value>, asked: &str) -> SimAnswer {
    user.map_or_else(
        || message(404, format!("User {asked} was not found.")),
        |user| SimAnswer::tree(200, "User", user.clone()),
    )
}

pub(super) fn create(illiad: &mut Illiad, body: &Value) -> SimAnswer {
    let Some(name) = body["UserName"].as_str().filter(|n| !n.trim().is_empty()) else {
        return invalid(&[("model.UserName", "The UserName field is required.".to_owned())]);
    };
    if name.chars().count() > 50 {
        return invalid(&[(
            "model.UserName",
            "The field UserName must be a string with a maximum length of 50.".to_owned(),
        )]);
    }
    if illiad.user(name).is_some() {
        return invalid(&[("UserName", format!("Username {name} already exists."))]);
    }
    let mut user = laid_over("illiad-user", &json!({"Cleared": "New"}));
    for (field, value) in body.as_object().into_iter().flatten() {
        if user.get(field).is_some() {
            user[field.as_str()] = value.clone();
        }
    }
    user["LastChangedDate"] = json!(local_time(0));
    illiad.users.push(user.clone());
    SimAnswer::tree(200, "User", user)
}

impl Illiad {
    /// Adds a patron of a crowd, under the usernames that the habit implies.
    pub(in crate::sim) fn admit(&mut self, patron: &Patron, nvtgc: &str) {
        let (names, external) = match patron.habit {
            None | Some(Habit::NotInAlma | Habit::Disavowed | Habit::Blocked | Habit::HalfEmpty) => {
                (vec![patron.emplid.clone()], None)
            }
            Some(Habit::OtherRecord) => {
                self.mistaken.extend(self.users.first().map(|other| (patron.emplid.clone(), other.clone())));
                return;
            }
            Some(Habit::TrailingBlank) => (vec![format!("{} ", patron.emplid)], None),
            Some(Habit::NotInIlliad) => (Vec::new(), None),
            Some(Habit::OldUsername) => (vec![patron.old_username()], None),
            Some(Habit::ExternalId) => (vec![patron.old_username()], Some(&patron.emplid)),
            Some(Habit::Doubled | Habit::MergedAway) => (vec![patron.old_username(), patron.emplid.clone()], None),
            Some(Habit::OtherPrimaryId) => (vec![patron.other_id()], None),
        };
        for name in names {
            let cleared = match patron.habit {
                Some(Habit::Disavowed) => "DIS",
                Some(Habit::MergedAway) if name != patron.emplid => "DIS",
                Some(Habit::Blocked) => "BO",
                _ => "Yes",
            };
            let fields = match patron.habit {
                Some(Habit::HalfEmpty) => json!({"UserName": name, "NVTGC": null, "Cleared": null}),
                _ => json!({
                    "UserName": name, "ExternalUserId": external, "FirstName": "Practice", "LastName": patron.name(),
                    "NVTGC": nvtgc, "Status": "Student", "Cleared": cleared, "LastChangedDate": local_time(30)
                }),
            };
            self.users.push(laid_over("illiad-user", &fields));
        }
    }
}
