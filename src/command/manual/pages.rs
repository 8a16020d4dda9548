//! The manual of each command: a paragraph, examples and exit codes. Its options are documented in `cli` only.

/// The manual of one command.
pub(super) struct ManualPage {
    /// The words after `last-resort`; empty for the program itself.
    pub(super) path: &'static str,
    /// A paragraph or two; empty if the one-line description in `cli` is enough.
    pub(super) more: &'static str,
    /// Command lines, each with what it does.
    pub(super) examples: &'static [(&'static str, &'static str)],
    pub(super) codes: Codes,
}

/// Which exit codes a command has, and what they mean.
#[derive(Clone, Copy)]
pub(super) enum Codes {
    /// The whole table, as for every command that judges values.
    Judged,
    /// These words for 0; 1 and 2 mean the usual.
    Done(&'static str),
    /// These codes; 1 and 2 mean the usual if they are not among them.
    Own(&'static [(u8, &'static str)]),
}

/// The manual of the command with these words, if there is one.
pub(super) fn of(path: &str) -> Option<&'static ManualPage> {
    PAGES.iter().find(|page| page.path == path)
}

/// The manuals of all commands, in the order of the help.
pub(super) const PAGES: &[ManualPage] = &[
    ManualPage {
        path: "",
        more: "Without a command, the wizard opens. It reads both systems, shows next to each value what is there now, explains each \
               step, and writes only after you type the campus code. You can leave and come back at any time. Some steps belong to the \
               Office of Library Services (OLS), which owns Alma; the others to the campus, which owns ILLiad.",
        examples: &[
            ("last-resort practice", "Try it: no keys, no network, nothing real is touched."),
            ("last-resort", "Open the wizard; the first time, it helps you set up a campus."),
            ("last-resort check --campus 01CUNY_QC", "Read and compare all values without the wizard."),
            ("last-resort help apply", "Show the help for one command."),
        ],
        codes: Codes::Judged,
    },
    ManualPage {
        path: "practice",
        more: "Opens the wizard on an Alma and an ILLiad inside the program. It needs no key and no network, and everything it writes \
               is gone when you leave. Each world is another situation: a campus that is set up, values that changed, a system \
               that is down.",
        examples: &[
            ("last-resort practice", "A campus where nothing is set up yet."),
            ("last-resort practice --list", "Lists the worlds with a description of each."),
            ("last-resort practice --fleet", "The board, with eight campuses in different states."),
            (
                "last-resort practice --world drifted --step parameters",
                "A campus whose values have changed since the set-up.",
            ),
        ],
        codes: Codes::Done("you left the wizard"),
    },
    ManualPage {
        path: "simulate",
        more: "Runs the Alma and ILLiad of practice as local servers, for scripts and tests. It prints both addresses and the practice \
               keys, and runs until Ctrl-C. It can be reached from this machine only.",
        examples: &[
            ("last-resort simulate", "On free ports."),
            (
                "last-resort simulate --world done --alma 127.0.0.1:8001",
                "A campus set up correctly, with Alma on a port you choose.",
            ),
            (
                "last-resort simulate --fleet 25 --at 01CUNY_BC=drifted --into fleet",
                "25 campuses at once; their campus files and keys are in the folder fleet.",
            ),
        ],
        codes: Codes::Own(&[]),
    },
    ManualPage {
        path: "check",
        more: "Writes nothing to Alma or ILLiad. Values without an API come from the latest sign-off or evidence, with name and time. \
               Progress goes to standard error; with --json, standard output contains only the result. With --all, every campus set \
               up here is checked, all at the same time; each is printed as soon as it is done, and a campus that cannot be checked \
               is named and does not hold up the others. The journal remembers what each check found, so that a check says what changed.",
        examples: &[
            ("last-resort check --campus 01CUNY_QC", "All steps."),
            ("last-resort check partner parameters", "Two steps; no --campus needed if only one campus is set up."),
            ("last-resort check --json > check.json", "For a script."),
            ("last-resort check --all --brief", "Every campus, in one row each."),
            ("last-resort check --all --quiet-if-same", "For cron: says nothing unless a value changed."),
        ],
        codes: Codes::Judged,
    },
    ManualPage {
        path: "board",
        more: "Checks every campus set up here, all at the same time, and shows each in one row: a mark for every step, who is waited \
               for and since when, how many values changed since the last look, and how old the reading is. Rows fill in as the \
               checks finish. n goes to the next campus with a problem. Enter opens that campus's wizard at the step in question; q \
               there leads back to the board. r checks one campus again, R all, o orders the rows, / filters them. The board writes \
               nothing to Alma or ILLiad and locks nothing, so others can work meanwhile.",
        examples: &[
            ("last-resort board", "Every campus set up here."),
            ("last-resort board --environment production", "Only the campus files for production."),
            ("last-resort board --plain", "The same in line mode: each campus is printed as soon as it was read."),
            ("last-resort practice --fleet", "Try it: eight embedded campuses, each in another state."),
        ],
        codes: Codes::Done("you left the board"),
    },
    ManualPage {
        path: "plan",
        more: "Reads both systems and shows, for each value to change: the value now, the value it should have, and whether apply \
               changes it or a person must. The digest identifies this plan: apply --plan DIGEST writes this plan and no other. The \
               plan also lists other partners that may already be this campus's ILLiad.",
        examples: &[
            ("last-resort plan --campus 01CUNY_QC", "Everything to change on this campus."),
            ("last-resort plan parameters --json", "One step, for a script."),
            ("last-resort plan --all", "Every campus set up here; what people enter by hand is only counted."),
        ],
        codes: Codes::Own(&[
            (0, "nothing to change"),
            (3, "changes are due"),
            (4, "nothing to change here, but waiting on people"),
        ]),
    },
    ManualPage {
        path: "apply",
        more: "Makes a plan, shows it and writes it. Right before the write it reads the record again; if the record has changed, it \
               writes nothing and shows the new plan. It changes only the values that differ and sends everything else back \
               unchanged. Then it reads the record once more and reports. The plan is always a new one and may differ from one that \
               last-resort plan showed earlier; with --plan DIGEST, apply writes only if the new plan has that digest. If other \
               partners may already be this campus's ILLiad, it creates a partner only with --beside CODE for each of them. For \
               steps without an API it prints the value card: what a person must enter, and where.",
        examples: &[
            (
                "last-resort apply partner parameters --campus 01CUNY_QC --confirm 01CUNY_QC",
                "Makes a new plan and writes it.",
            ),
            (
                "last-resort apply partner --confirm 01CUNY_QC --plan DIGEST",
                "Writes the plan with this digest (from last-resort plan), or nothing.",
            ),
            ("last-resort apply rota --confirm 01CUNY_QC", "Prints the value card for the rota template."),
        ],
        codes: Codes::Judged,
    },
    ManualPage {
        path: "undo",
        more: "Restores the record to what it was before the last apply. If that apply created the partner, undo deletes it. Refuses if \
               the record has changed since then. The export key now in Alma is kept.",
        examples: &[("last-resort undo --campus 01CUNY_QC --confirm 01CUNY_QC", "Undoes the last apply.")],
        codes: Codes::Own(&[(0, "restored, or deleted"), (1, "refused, or could not be done")]),
    },
    ManualPage {
        path: "prove",
        more: "Without --chain, it creates two requests in ILLiad for the test patron: one that must be routed and one that must not. \
               With --chain, it creates one request in Alma and watches until it is in ILLiad's queue. It then cancels each request \
               and reads it again to confirm; Ctrl-C cancels them too, and a second Ctrl-C does not wait for that. This takes minutes. Requests left by an interrupted run are \
               cancelled first. It touches only requests that it has read where they were made, with our token and patron; it lists \
               requests in another ILLiad, zone or environment and leaves them alone.",
        examples: &[
            ("last-resort prove --campus 01CUNY_QC --confirm 01CUNY_QC", "ILLiad alone: two test requests."),
            ("last-resort prove --chain --confirm 01CUNY_QC", "From Alma to ILLiad's queue."),
            ("last-resort prove --clean --confirm 01CUNY_QC", "Cancels the requests left by an interrupted run."),
        ],
        codes: Codes::Own(&[
            (0, "proved, or nothing is left"),
            (1, "no clear result, or a request is left"),
            (3, "the routing does not do what it should"),
            (4, "waiting on people"),
        ]),
    },
    ManualPage {
        path: "attest",
        more: "For values that are on a screen but in no API. The journal records your name and the time, and the value shows them from \
               then on. Signing off a step signs only its waiting values. If evidence contradicts a value, sign it off by its own key; \
               the evidence stays visible, and you cannot go live until newer evidence agrees. A sign-off counts for 365 days \
               (word_max_age_days in the campus file). Evidence that you paste or import is better than a sign-off: see \
               last-resort help evidence.",
        examples: &[
            ("last-resort attest rota --campus 01CUNY_QC --note \"ticket 1234\"", "All waiting values of a step."),
            ("last-resort attest rule.enabled", "One value."),
            ("last-resort attest rule.enabled --revoke", "Withdraws that sign-off."),
        ],
        codes: Codes::Own(&[
            (0, "recorded, or nothing was waiting"),
            (3, "recorded, except values of a step that evidence contradicts"),
        ]),
    },
    ManualPage {
        path: "evidence",
        more: "Evidence is what a list exported from Alma or ILLiad shows, or a form that you pasted in the wizard. It counts for 30 days (max_age_days in the campus file); after that, import or paste it again. The age of a file \
               counts from when it was last changed.",
        examples: &[
            ("last-resort evidence import rules.xlsx routing.csv", "Compares two lists and records what they show."),
            ("last-resort evidence list", "Lists all evidence so far."),
        ],
        codes: Codes::Judged,
    },
    ManualPage {
        path: "evidence import",
        more: "Reads Alma's lists of rota templates and rota assignment rules (xlsx or csv), and ILLiad's tables Routing and \
               CustomQueues (csv). It finds the columns by their headers, in any order, and ignores other columns. It compares our \
               row letter by letter and searches the other rows for conflicts with it. It records nothing until it has understood \
               all the files. Row numbers are those that a spreadsheet shows, with the heading as row 1; in a text file, the number \
               of the line where the row begins.",
        examples: &[
            ("last-resort evidence import rules.xlsx routing.csv --campus 01CUNY_QC", "Two lists at once."),
            ("last-resort evidence import list.csv --list queues", "A list whose header fits more than one kind."),
            ("last-resort evidence import routing.csv --dry-run", "Compares but records nothing."),
            ("last-resort evidence import - < routing.csv", "From standard input."),
        ],
        codes: Codes::Own(&[
            (0, "everything in the lists is as wanted"),
            (1, "something in them must not be recorded, or the journal cannot be written"),
            (3, "something differs, or another row conflicts with ours"),
        ]),
    },
    ManualPage {
        path: "evidence forget",
        more: "For a list of another campus, or one imported by mistake. The journal records who withdrew what, and when. A sign-off \
               given against such evidence must be given again.",
        examples: &[
            ("last-resort evidence forget routing --campus 01CUNY_QC", "All evidence from that list."),
            ("last-resort evidence forget rule.enabled", "One value."),
        ],
        codes: Codes::Done("withdrawn, or there was no such evidence"),
    },
    ManualPage {
        path: "evidence list",
        more: "",
        examples: &[(
            "last-resort evidence list --campus 01CUNY_QC",
            "The latest evidence for each value, and its age.",
        )],
        codes: Codes::Done("listed"),
    },
    ManualPage {
        path: "report",
        more: "Reads both systems first, as check does. The report contains no keys and, as text, Markdown or HTML, no \
               patron's number. With --json it names the sample patrons by their numbers, as check --json does.",
        examples: &[
            ("last-resort report --campus 01CUNY_QC", "Plain text, for an e-mail or a ticket."),
            ("last-resort report --format html > report.html", "One page, suitable for printing."),
            ("last-resort report --exit-code > report.txt", "For a script: the exit code is that of check."),
        ],
        codes: Codes::Own(&[(0, "the report was written; with --exit-code: as check")]),
    },
    ManualPage {
        path: "golive",
        more: "Lists the conditions for going live, and what each still needs. With --confirm, if nothing prevents it, it sets the \
               campus live in the campus file and prints the card for enabling the rule by hand, which no API can do. --back \
               reverses it.",
        examples: &[
            ("last-resort golive --campus 01CUNY_QC", "Lists the conditions; changes nothing."),
            ("last-resort golive --campus 01CUNY_QC --confirm 01CUNY_QC", "Goes live."),
            ("last-resort golive --back --confirm 01CUNY_QC", "Goes back to set up ahead, with the rule disabled."),
        ],
        codes: Codes::Own(&[
            (0, "nothing prevents going live, or there was nothing to do"),
            (1, "something could not be read or done"),
            (3, "a condition fails: something differs or is absent"),
            (4, "waiting on people, for example to switch the rule by hand"),
        ]),
    },
    ManualPage {
        path: "patrons",
        more: "Compares people in Alma and ILLiad before you go live. It finds people whom Alma would give a second account, because \
               ILLiad knows them by another name, and people whose ILLiad account is disavowed, blocked or incomplete. It makes at \
               most ten calls a second. If stopped, the next run continues from there; what it has read counts for a day. It shows \
               people as hashes, which mean something on this machine only; --show-ids shows the real numbers. The file may be xlsx \
               or text (commas, semicolons or tabs; UTF-8 or UTF-16); - is standard input. If a spreadsheet has altered a number, the \
               number is restored where that is certain; otherwise its line is reported.",
        examples: &[
            ("last-resort patrons --campus 01CUNY_QC", "The sample in the campus file."),
            ("last-resort patrons --file people.xlsx", "Everyone in a file with the columns EMPLID and Old username."),
            ("last-resort patrons 10000001 10000002 --show-ids", "Two people, with their numbers shown."),
        ],
        codes: Codes::Own(&[
            (0, "nobody would get a second account"),
            (1, "someone could not be read, or nobody could be matched"),
            (3, "someone would get or has a second account, or has an account that takes no requests"),
        ]),
    },
    ManualPage {
        path: "keys",
        more: "Keys are stored in the Secret Service if there is one and it is unlocked; otherwise in the kernel's keyring, which loses \
               them at reboot. A key is never an argument, and is shown only as its length and its last four characters.",
        examples: &[
            ("last-resort keys set --slot alma --campus 01CUNY_QC", "Asks for the Alma key without showing it."),
            ("last-resort keys status", "Which keys are set, and where they are stored."),
        ],
        codes: Codes::Done("done"),
    },
    ManualPage {
        path: "keys set",
        more: "Reads the key from a hidden prompt, or from standard input when that is not a terminal. Without --slot it asks for each \
               key; press Enter to skip one.",
        examples: &[
            ("last-resort keys set --campus 01CUNY_QC", "Asks for all three."),
            ("last-resort keys set --slot illiad < key-file", "From a file."),
        ],
        codes: Codes::Done("stored"),
    },
    ManualPage {
        path: "keys status",
        more: "",
        examples: &[("last-resort keys status --campus 01CUNY_QC", "All three, and where they are stored.")],
        codes: Codes::Own(&[(0, "all required keys are set"), (1, "a key is not set, or could not be looked up")]),
    },
    ManualPage {
        path: "keys test",
        more: "Sends each system a harmless request. A key is sent to its own host only.",
        examples: &[("last-resort keys test --slot alma", "Whose key it is, and whether Alma accepts it.")],
        codes: Codes::Own(&[(0, "all were accepted"), (1, "a key is not set, or was not accepted")]),
    },
    ManualPage {
        path: "keys rotate",
        more: "Tests the new key on its own host first. If Alma uses the key, it then writes it to Alma's partner record and reads the \
               record back. Then it stores the key, and finally prints the card for removing the old one. If it is stopped, run the \
               same command again to finish.",
        examples: &[(
            "last-resort keys rotate --slot export --campus 01CUNY_QC --confirm 01CUNY_QC",
            "A new key for Alma to send requests with.",
        )],
        codes: Codes::Judged,
    },
    ManualPage {
        path: "keys forget",
        more: "Removes keys from this machine's keyring. On a terminal it asks first. The journal \
               records it. The keys remain valid in Alma and ILLiad until someone removes them there.",
        examples: &[("last-resort keys forget --slot alma --campus 01CUNY_QC", "One key.")],
        codes: Codes::Done("removed, or was not there"),
    },
    ManualPage {
        path: "history",
        more: "Reads the journal only. It lists the changes that checks found, and what was written, signed off, imported, proved and \
               switched here, with name and time. If a change was not made with last-resort, nobody is named. Values that one check \
               found changed in the same way share a line; -v gives each its own.",
        examples: &[
            ("last-resort history --campus 01CUNY_QC --since 30d", "The last 30 days of a campus."),
            ("last-resort history parameters.export.url", "One value, from the beginning."),
            ("last-resort history --all --since 2026-11-01 --json", "Every campus, for a script."),
        ],
        codes: Codes::Done("it was printed"),
    },
    ManualPage {
        path: "campuses",
        more: "",
        examples: &[("last-resort campuses", "Code, environment, name and file of each campus.")],
        codes: Codes::Own(&[(0, "listed"), (2, "a campus file has problems, which are listed with it")]),
    },
    ManualPage {
        path: "prefer",
        more: "A screen reader cannot be detected over SSH, so you must ask for line mode. Set it once here, and the wizard always opens \
               in it, practice included. New choices replace the old ones. ACCESSIBLE=0 in the environment opens the full screen \
               despite this setting.",
        examples: &[
            ("last-resort prefer --plain", "Line mode from now on."),
            ("last-resort prefer", "Show the current choices."),
            ("last-resort prefer --nothing", "Remove all choices."),
        ],
        codes: Codes::Own(&[(0, "saved, or shown")]),
    },
    ManualPage {
        path: "completions",
        more: "Prints the completions to standard output; save them where your shell looks for them.",
        examples: &[
            ("last-resort completions bash >> ~/.bash_completion", "For bash."),
            ("last-resort completions zsh > ~/.zfunc/_last-resort", "For zsh, with ~/.zfunc in its fpath."),
            ("last-resort completions fish > ~/.config/fish/completions/last-resort.fish", "For fish."),
        ],
        codes: Codes::Done("printed"),
    },
    ManualPage {
        path: "man",
        more: "Prints a page to standard output, in the format that man reads.",
        examples: &[
            ("last-resort man | man -l -", "Read it now."),
            ("last-resort man keys rotate | man -l -", "The page of one command."),
            ("last-resort man --into ~/.local/share/man/man1", "For man last-resort and man last-resort-apply."),
        ],
        codes: Codes::Done("printed"),
    },
];
