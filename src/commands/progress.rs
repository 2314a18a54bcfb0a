//! One line on standard error that says what takes so long, and is gone when it is done.

use std::io;
use std::io::Write as _;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::RecvTimeoutError;
use std::sync::mpsc::Sender;
use std::thread;
use std::thread::JoinHandle;
use std::time::Duration;
use std::time::Instant;

use authorizer_lint::model::project::Project;
use authorizer_lint::report::count;

/// Shorter work is not worth a word.
const PATIENCE: Duration = Duration::from_secs(1);

/// What is going on, as long as it lives.
#[derive(Debug)]
pub(super) struct Progress(Option<(Sender<String>, JoinHandle<()>)>);

impl Progress {
    /// Says nothing at all.
    pub(super) const SILENT: Self = Self(None);

    /// Starts to count the time.
    pub(super) fn new() -> Self {
        let (sender, receiver) = mpsc::channel();
        Self(Some((sender, thread::spawn(move || show(&receiver)))))
    }

    /// What is done now.
    pub(super) fn say(&self, what: &str) {
        if let Some((sender, _)) = &self.0 {
            // Nobody may be listening; that is no reason to stop.
            let _ = sender.send(what.to_owned());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.0.take() {
            drop(sender);
            // The line is gone before anything else is written.
            let _ = thread.join();
        }
    }
}

/// The line while responses are held against routes.
pub(super) fn deciding(project: &Project) -> String {
    let routes: usize = project.apis.iter().map(|api| api.routes.len()).sum();
    format!("holding {} against {} …", count(project.responses.len(), "response"), count(routes, "route"))
}

fn show(receiver: &Receiver<String>) {
    let shown_from = Instant::now() + PATIENCE;
    let mut what = String::new();
    let mut is_shown = false;
    loop {
        let news = if is_shown {
            receiver.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            receiver.recv_timeout(shown_from.saturating_duration_since(Instant::now()))
        };
        match news {
            Ok(said) => what = said,
            Err(RecvTimeoutError::Timeout) => is_shown = true,
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if is_shown {
            let _ = write!(io::stderr(), "{ERASE}{what}");
        }
    }
    if is_shown {
        let _ = write!(io::stderr(), "{ERASE}");
    }
}

/// Back to the beginning of the line, and nothing in it.
const ERASE: &str = "\r\x1b[K";
