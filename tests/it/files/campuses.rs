//! Campus files: reading reports every problem, and saving keeps everything that people added.
use super::*;
use proptest::prelude::*;

const FULL: &str = r#"# Queens College; ask Ada before changing this
name = 'Queens College'   # as on the door
institution = "01CUNY_QC"
environment = "sandbox"

[illiad]                  # hosted
url = "https://qc.illiad.oclc.org/illiadwebplatform" # without a slash
[alma]
library = "QCRS"
url = "https://api-na.hosted.exlibrisgroup.com"

[patrons]
sample = [
  "10000001", # Ada
  "10000002", # Grace
]
# the end
"#;

pub(super) fn draft(institution: &str) -> SiteDraft {
    let mut draft = SiteDraft::default();
    draft.set(CampusField::Institution, institution);
    draft.set(CampusField::Environment, "sandbox");
    draft.set(CampusField::AlmaUrl, "https://api-na.hosted.exlibrisgroup.com");
    draft.set(CampusField::AlmaLibrary, "QCRS");
    draft.set(CampusField::IlliadUrl, "https://qc.illiad.oclc.org/illiadwebplatform");
    draft
}

struct Store {
    home: TempDir,
    files: CampusFiles,
}

impl Store {
    fn new() -> Self {
        let home = TempDir::new().expect("a folder");
        let files = CampusFiles::new(Folders::at(home.path(), home.path().join("state")));
        Self { home, files }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join("last-resort/campuses").join(name)
    }

    fn put(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, text).expect("written");
        path
    }
}

#[test]
fn a_new_campus_is_written_and_read_back() {
    let store = Store::new();
    assert!(store.files.list().expect("nothing yet").known.is_empty());
    let failure = store.files.find(&code("01CUNY_QC")).site().expect_err("not there");
    assert_eq!(failure.kind, FailureKind::CampusFile);
    assert!(failure.what.contains("01CUNY_QC.toml") && failure.hints[0].contains("--campus 01CUNY_QC"), "{failure}");

    let mut typed = draft("01CUNY_QC");
    typed.set(CampusField::Name, "Queens \"College\"");
    typed.set(CampusField::Stance, "ahead");
    typed.set(CampusField::PatronsSample, "10000001 10000002");
    let path = store.files.save(&typed).expect("saved");
    assert_eq!(path, store.path("01CUNY_QC.toml"));
    let expected = r#"institution = "01CUNY_QC"
name = 'Queens "College"'
environment = "sandbox"

[alma]
url = "https://api-na.hosted.exlibrisgroup.com"
library = "QCRS"

[illiad]
url = "https://qc.illiad.oclc.org/illiadwebplatform"

[patrons]
sample = ["10000001", "10000002"]
"#;
    assert_eq!(fs::read_to_string(&path).expect("text"), expected);
    let site = store.files.find(&code("01CUNY_QC")).site().expect("accepted");
    assert_eq!((site.name.as_str(), site.sample.len()), ("Queens \"College\"", 2));
    assert_eq!(fs::read_dir(path.parent().expect("a folder")).expect("read").count(), 1, "nothing left behind");
}

#[test]
fn a_first_set_up_writes_over_no_file() {
    let store = Store::new();
    let mut first = draft("01CUNY_QC");
    first.set(CampusField::Name, "First");
    let path = store.files.save_first(&first).expect("nothing is there");
    let before = fs::read_to_string(&path).expect("text");
    let mut second = draft("01CUNY_QC");
    second.set(CampusField::Name, "Second");
    let failure = store.files.save_first(&second).expect_err("refused");
    assert!(failure.what.contains("01CUNY_QC is already set up here; its file was not changed"), "{failure}");
    assert_eq!((failure.kind, fs::read_to_string(&path).expect("text")), (FailureKind::CampusFile, before));
    assert!(store.files.free(&code("01CUNY_BB")).is_ok());
    store.files.save(&second).expect("a change");
    assert!(fs::read_to_string(&path).expect("text").contains("Second"));
    assert_eq!(fs::read_dir(path.parent().expect("a folder")).expect("read").count(), 1, "nothing left behind");
}

#[test]
fn a_code_in_other_letters_is_the_one_that_is_set_up() {
    let store = Store::new();
    store.put("01CUNY_QC.toml", FULL);
    let site = store.files.find(&code("01cuny_qc")).site().expect("the same campus");
    assert_eq!(site.institution, code("01CUNY_QC"));
    assert!(store.files.free(&code("01cuny_qc")).is_err(), "nor is there room for a second one");
}

#[test]
fn comments_order_and_unknown_keys_stay() {
    let store = Store::new();
    let path = store.put("01CUNY_QC.toml", FULL);
    let unchanged = SiteDraft::from_toml(FULL);
    store.files.save(&unchanged).expect("saved");
    assert_eq!(fs::read_to_string(&path).expect("text"), FULL);

    let with_more = FULL.replace("[patrons]", "[patrons]\nnotes = \"mine\"");
    store.put("01CUNY_QC.toml", &with_more);
    let mut changed = SiteDraft::from_toml(FULL);
    changed.set(CampusField::Name, "QC");
    changed.set(CampusField::AlmaLibrary, "QCRS2");
    changed.set(CampusField::IlliadNvtgc, "QC");
    changed.set(CampusField::Stance, "live");
    changed.set(CampusField::PatronsSample, "10000002, 10000003");
    let reader = store.home.path().join("reader");
    fs::hard_link(&path, &reader).expect("linked");
    store.files.save(&changed).expect("saved");
    assert_eq!(
        fs::read_to_string(&reader).expect("text"),
        with_more,
        "an open reader still sees the complete old file"
    );
    let text = fs::read_to_string(&path).expect("text");
    let expected = with_more
        .replace("name = 'Queens College'   #", "name = \"QC\"   #")
        .replace("environment = \"sandbox\"\n", "environment = \"sandbox\"\nstance = \"live\"\n")
        .replace("# without a slash\n", "# without a slash\nnvtgc = \"QC\"\n")
        .replace("\"QCRS\"", "\"QCRS2\"");
    let (before, list) = text.split_once("sample = ").expect("a list");
    assert_eq!(before, expected.split_once("sample = ").expect("a list").0);
    assert!(list.contains("\"10000002\"") && list.contains("\"10000003\"") && !list.contains("\"10000001\""), "{list}");
    assert!(list.ends_with("# the end\n"), "{list}");
    assert_eq!(SiteDraft::from_toml(&text).get(CampusField::PatronsSample), "10000002, 10000003");
}

#[test]
fn every_problem_is_told_with_path_and_line() {
    let store = Store::new();
    let text = "institution = \"01CUNY_QC\"\nenvironment = \"test\"\n\"col\\u001Bour\" = 1\n[alma]\nurl = \"http://a.example.org\"\n";
    let path = store.put("01CUNY_QC.toml", text);
    let failure = store.files.find(&code("01CUNY_QC")).site().expect_err("refused");
    assert_eq!((failure.kind, failure.kind.exit_code()), (FailureKind::CampusFile, 2));
    let path = path.display();
    for part in [
        "5 problems:".to_owned(),
        format!("\n  {path}, line 2: environment "),
        format!("\n  {path}, line 3: col our "),
        format!("\n  {path}, line 5: alma.url "),
        format!("\n  {path}, alma.library is missing"),
        format!("\n  {path}, illiad.url is missing"),
    ] {
        assert!(failure.what.contains(&part), "{part:?} is not in {}", failure.what);
    }
    assert!(!failure.what.replace('\n', "").contains(char::is_control));
}

#[test]
fn name_and_institution_must_agree() {
    let store = Store::new();
    store.put("01CUNY_BC.toml", FULL);
    let failure = store.files.find(&code("01CUNY_BC")).site().expect_err("refused");
    assert_eq!(failure.kind, FailureKind::CampusFile);
    assert!(failure.what.contains("01CUNY_BC.toml") && failure.what.contains("institution is 01CUNY_QC"), "{failure}");
}

#[test]
fn one_bad_file_hides_no_other() {
    let store = Store::new();
    store.put("01CUNY_QC.toml", FULL);
    store.put("01CUNY_BC.toml", b"name = \"\xff\"\n");
    store.put("01CUNY_AA.toml", "not toml at all");
    store.put("queens.toml", FULL);
    store.put(".01CUNY_QC.toml", FULL);
    store.put("01CUNY_QC.toml~", FULL);
    fs::create_dir(store.path("01CUNY_DD.toml")).expect("a folder");
    let listing = store.files.list().expect("listed");
    let codes: Vec<(&str, bool)> =
        listing.known.iter().map(|known| (known.code.as_str(), known.site().is_ok())).collect();
    assert_eq!(codes, [("01CUNY_AA", false), ("01CUNY_BC", false), ("01CUNY_DD", false), ("01CUNY_QC", true)]);
    assert!(
        listing.known.iter().all(|known| known.site().map_or_else(|f| f.kind == FailureKind::CampusFile, |_| true))
    );
    assert_eq!(listing.strays, [store.path("queens.toml")]);
    assert_eq!(listing.known[3].path, store.path("01CUNY_QC.toml"));
}

#[test]
fn what_cannot_be_edited_is_left_alone() {
    let store = Store::new();
    let path = store.put("01CUNY_QC.toml", "name = \"half\n");
    let failure = store.files.save(&draft("01CUNY_QC")).expect_err("refused");
    assert_eq!(failure.kind, FailureKind::CampusFile);
    assert!(failure.what.contains("line 1") && failure.hints[0].contains("by hand"), "{failure}");
    assert_eq!(fs::read_to_string(&path).expect("text"), "name = \"half\n");
    let failure = store.files.save(&draft("../x_y")).expect_err("no code");
    assert!(failure.what.contains("institution"), "{failure}");
}

#[cfg(unix)]
#[test]
fn a_link_to_the_file_stays_a_link() {
    let store = Store::new();
    let kept = store.home.path().join("dotfiles.toml");
    fs::write(&kept, FULL).expect("written");
    let link = store.put("01CUNY_QC.toml", "");
    fs::remove_file(&link).expect("removed");
    std::os::unix::fs::symlink(&kept, &link).expect("linked");
    let mut changed = SiteDraft::from_toml(FULL);
    changed.set(CampusField::Name, "QC");
    store.files.save(&changed).expect("saved");
    assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
    assert!(fs::read_to_string(&kept).expect("text").contains("\"QC\""));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    /// Whatever was typed, and whichever file it goes into: the saved file holds exactly that, and saving again changes nothing.
    #[test]
    fn what_was_typed_is_what_the_file_says(
        typed in proptest::collection::btree_map(1_usize..CampusField::ALL.len(), "[ -~\u{e9}\u{1b}\n\"'#\\\\]{0,12}", 0..9),
        base in prop::sample::select(vec!["", FULL, "alma = 5\npatrons = { sample = [] } # x\n", "alma.url = 'a'\n# c\nilliad = 1\n", "institution = 1\n[[patrons]]\n[alma]\r\nurl = \"\"\r\n"]),
    ) {
        let store = Store::new();
        let path = store.put("01CUNY_QC.toml", base);
        let mut wanted = SiteDraft::from_toml(base);
        wanted.set(CampusField::Institution, "01CUNY_QC");
        for (slot, text) in &typed {
            wanted.set(CampusField::ALL[*slot], text);
        }
        store.files.save(&wanted).expect("saved");
        let first = fs::read_to_string(&path).expect("text");
        let got = SiteDraft::from_toml(&first);
        for slot in CampusField::ALL {
            prop_assert_eq!(got.get(slot), wanted.get(slot), "{} in\n{}", slot.path(), first);
        }
        for comment in base.lines().filter_map(|line| line.split_once('#')).map(|(_, comment)| comment) {
            // A comment inside the sample list may go with the patron it belongs to.
            prop_assert!(first.contains(comment) || ["Ada", "Grace"].contains(&comment.trim()), "{comment:?} in\n{first}");
        }
        store.files.save(&wanted).expect("saved again");
        prop_assert_eq!(fs::read_to_string(&path).expect("text"), first);
    }
}

/// A change that cannot be noted in the journal is not left in the file.
#[test]
fn a_change_that_cannot_be_noted_is_put_back() {
    let store = Store::new();
    let path = store.put("01CUNY_QC.toml", FULL);
    let mut draft = SiteDraft::from_toml(FULL);
    draft.set(CampusField::Stance, "live");
    let full = || Err(Failure::new(FailureKind::Files, "cannot write to the journal: it is full"));
    let failure = store.files.save_noted(&draft, full).expect_err("not noted");
    assert!(failure.what.contains("it is full. The campus file was put back"), "{}", failure.what);
    assert_eq!(fs::read_to_string(&path).expect("a file"), FULL);
    store.files.save_noted(&draft, || Ok(())).expect("noted");
    assert!(fs::read_to_string(&path).expect("a file").contains("stance = \"live\""));
}
