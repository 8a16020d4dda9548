//! Refuses options for all commands where they have no effect, because the user expects one.
use crate::cli::{Command, Global, StepArgument};
use crate::failure::{Failure, FailureKind};

/// The campuses that a command is about. Which of the options it uses follows from that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CampusScope {
    /// No campus: the program itself, or all campus files as files.
    Nothing,
    /// One campus that has a file here.
    One,
    /// Every campus that has a file here, with the option that names some of them.
    Every,
    /// Every campus, on the board.
    Board,
    /// A campus of an embedded world.
    World,
    /// The campuses of a made-up consortium.
    Fleet,
}

impl CampusScope {
    fn of(command: &Command) -> Self {
        match command {
            Command::Prefer { .. } | Command::Campuses { .. } | Command::Completions { .. } | Command::Man { .. } => {
                Self::Nothing
            }
            Command::Practice { list: true, .. } => Self::Nothing,
            Command::Practice { fleet: true, .. } => Self::Fleet,
            Command::Simulate(args) if args.fleet.is_some() => Self::Fleet,
            Command::Practice { .. } | Command::Simulate(_) => Self::World,
            Command::Board => Self::Board,
            Command::Check { campuses, .. } | Command::Plan { campuses, .. } if campuses.all => Self::Every,
            Command::History(args) if args.all => Self::Every,
            Command::Check { .. }
            | Command::Plan { .. }
            | Command::Apply { .. }
            | Command::Undo { .. }
            | Command::Prove(_)
            | Command::Attest { .. }
            | Command::Evidence { .. }
            | Command::Report { .. }
            | Command::Golive(_)
            | Command::Keys { .. }
            | Command::Patrons { .. }
            | Command::History(_) => Self::One,
        }
    }

    /// Why `--campus` has no effect, if so.
    fn without_campus(self) -> Option<&'static str> {
        match self {
            Self::One | Self::World => None,
            Self::Nothing => Some("this command needs no campus"),
            Self::Every => Some("--all is about every campus; --only names some of them"),
            Self::Board => Some("the board is about every campus; / filters its rows"),
            Self::Fleet => Some("the campuses are made up; last-resort campuses lists your own"),
        }
    }

    /// Why `--environment` has no effect, if so.
    fn without_environment(self) -> Option<&'static str> {
        match self {
            Self::One | Self::Every | Self::Board => None,
            Self::Nothing => Some("this command needs no campus"),
            Self::World | Self::Fleet => {
                Some("an embedded world is neither your sandbox nor production; --world chooses another one")
            }
        }
    }
}

/// Refuses the first option that has no effect on the command.
///
/// # Errors
/// There is one. The failure names it and the reason.
pub(super) fn refuse_idle_options(
    global: &Global,
    step: Option<StepArgument>,
    command: &Command,
) -> Result<(), Failure> {
    let scope = CampusScope::of(command);
    let is_drawn = matches!(command, Command::Board | Command::Practice { list: false, .. } | Command::Prefer { .. });
    let step_opens = "it opens the wizard at a step; for a command, name the steps after it: last-resort check rota";
    let mouse = (!is_drawn).then_some("it works only with the wizard, board, practice and prefer");
    let idle = [
        ("--step", step.is_some(), Some(step_opens)),
        ("--mouse", global.looks.mouse, mouse),
        ("--campus", global.campus.is_some(), scope.without_campus()),
        ("--environment", global.environment.is_some(), scope.without_environment()),
    ];
    match idle.into_iter().find_map(|(option, typed, why)| Some((option, why.filter(|_| typed)?))) {
        Some((option, why)) => {
            let what = format!("{option} has no effect on this command. Nothing was done.");
            Err(Failure::new(FailureKind::Usage, what).hint(why))
        }
        None => Ok(()),
    }
}
