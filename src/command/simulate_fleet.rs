//! The command `simulate --fleet`: serves many campuses at once, and writes their campus files and keys into a folder.
use super::output::{self, Outcome};
use super::practice_campus;
use super::simulate::{self, consortium_here, on_loopback, world};
use crate::cli::SimulateArgs;
use crate::failure::{Failure, FailureKind};
use crate::io::{CampusFiles, Folders, OwnFolder, keep_credential};
use crate::recipe::KeySlot;
use crate::sim::{self, Fleet, FleetCampus, World};
use crate::site::CampusCode;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;

/// The most campuses of a fleet.
const MOST: usize = 2000;

/// What to serve, and where.
struct FleetWish<'a> {
    count: usize,
    /// The world of every campus that `at` does not name.
    world: &'a str,
    /// `CODE=WORLD`, for campuses with another world.
    at: &'a [String],
    into: &'a Path,
    alma: SocketAddr,
    illiad: SocketAddr,
}

/// Serves a fleet, or a single campus, until Ctrl-C.
pub(super) async fn simulate(args: &SimulateArgs, campus: Option<&str>) -> Outcome {
    match FleetWish::of(args) {
        Some(wish) => simulate_fleet(wish).await,
        None => simulate::simulate(&args.world, campus, args.alma, args.illiad).await,
    }
}

impl<'a> FleetWish<'a> {
    /// What the arguments ask for. `None` if they ask for a single campus.
    fn of(args: &'a SimulateArgs) -> Option<Self> {
        let (count, into) = args.fleet.zip(args.into.as_deref())?;
        Some(Self { count, world: &args.world, at: &args.at, into, alma: args.alma, illiad: args.illiad })
    }
}

/// Serves a fleet until Ctrl-C.
async fn simulate_fleet(wish: FleetWish<'_>) -> Outcome {
    on_loopback([wish.alma, wish.illiad])?;
    let fleet = sim::serve_fleet(worlds(&wish)?, wish.alma, wish.illiad).await.map_err(|error| {
        let (alma, illiad) = (wish.alma, wish.illiad);
        Failure::new(FailureKind::Network, format!("The fleet could not listen on {alma} and {illiad}: {error}"))
    })?;
    let folder = std::path::absolute(wish.into)
        .map_err(|error| Failure::new(FailureKind::Files, format!("--into names no folder: {error}")))?;
    write_files(&fleet, &folder)?;
    let shown = folder.display();
    output::lines([
        format!(
            "{} campuses, each with an Alma and an ILLiad of its own. Nothing here is real. Ctrl-C stops it.",
            wish.count
        ),
        format!("Alma   {}", fleet.alma_url()),
        format!("ILLiad {}", fleet.campuses().first().map_or("", |first| first.illiad_url.as_str())),
        "To check them all, in another terminal:".to_owned(),
        format!("export XDG_CONFIG_HOME={shown}/config"),
        format!("export XDG_STATE_HOME={shown}/state LAST_RESORT_STATE="),
        format!("export CREDENTIALS_DIRECTORY={shown}/credentials"),
        "last-resort check --all --brief".to_owned(),
    ])?;
    std::future::pending().await
}

/// The worlds of the fleet, each as the zone of another campus: those of the consortium first, then made-up ones.
fn worlds(wish: &FleetWish<'_>) -> Result<Vec<World>, Failure> {
    let usage = |what: String| Failure::new(FailureKind::Usage, what);
    if !(1..=MOST).contains(&wish.count) {
        return Err(usage(format!("--fleet takes a number from 1 to {MOST}.")));
    }
    let consortium = consortium_here()?;
    let campuses: Vec<(String, String)> = consortium.fleet().take(wish.count).collect();
    let mut named = BTreeMap::new();
    for pair in wish.at {
        let (code, name) = pair
            .split_once('=')
            .ok_or_else(|| usage(format!("--at needs CODE=WORLD, not {:?}.", crate::text::clean(pair, 60))))?;
        let code = code.trim().to_uppercase();
        if !campuses.iter().any(|(campus, _)| *campus == code) {
            return Err(usage(format!("{} is no campus of this fleet (--at).", crate::text::clean(&code, 60))));
        }
        named.insert(code, world(name.trim())?);
    }
    let usual = world(wish.world)?;
    let of = |(code, name): &(String, String)| {
        named.get(code).unwrap_or(&usual).clone().of_campus(code).called(name).with_prefix(&consortium.prefix)
    };
    Ok(campuses.iter().map(of).collect())
}

fn write_files(fleet: &Fleet, folder: &Path) -> Result<(), Failure> {
    let files = CampusFiles::new(Folders::at(folder.join("config"), folder.join("state")));
    if let Ok(here) = Folders::from_env() {
        CampusFiles::new(here).copy_consortium(&files)?;
    }
    let credentials = OwnFolder::at(folder.join("credentials"));
    for FleetCampus { campus, keys, illiad_url } in fleet.campuses() {
        files.save(&practice_campus::draft_of(campus, &fleet.alma_url(), illiad_url))?;
        let code = CampusCode::parse(&campus.institution);
        for (slot, key) in
            [(KeySlot::Alma, &keys.alma), (KeySlot::Illiad, &keys.illiad), (KeySlot::Export, &keys.export)]
        {
            code.iter().try_for_each(|code| keep_credential(&credentials, code, slot, key))?;
        }
    }
    Ok(())
}
