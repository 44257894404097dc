//! The fields that a reason rests on.

use super::film::Film;
use super::link::{self, Link};
use super::spec_field::SpecField;
use crate::api::ObjectKey;
use crate::cluster::reason::{Reason, StepId};

/// The fields that a reason of another component rests on.
pub(super) fn settings(film: Film<'_>, id: StepId, reason: &Reason) -> Vec<Link> {
    let fields: &[SpecField] = match reason {
        Reason::TtlRuns { .. } | Reason::TtlExpired { .. } => &[SpecField::TtlSecondsAfterFinished],
        Reason::WillRestart { .. } | Reason::CrashLoopBackOff { .. } | Reason::Restarted { .. } => {
            &[SpecField::RestartPolicy]
        }
        Reason::StopBegan { .. } => &[SpecField::TerminationGracePeriodSeconds],
        Reason::RunStarted { .. } | Reason::NothingScheduled { .. } | Reason::ScheduleUnreadable(_) => {
            &[SpecField::Schedule, SpecField::TimeZone]
        }
        Reason::RunForbidden { .. } | Reason::RunReplaced(_) => &[SpecField::ConcurrencyPolicy],
        Reason::RunMissed { .. } | Reason::TooManyMissed(_) => &[SpecField::StartingDeadlineSeconds],
        Reason::RunOverlooked { .. } | Reason::ScheduleNeverDue | Reason::JobNameTaken { .. } => &[SpecField::Schedule],
        Reason::CronSuspended => &[SpecField::CronSuspend],
        Reason::HistoryPruned(_) => &[SpecField::SuccessfulJobsHistoryLimit, SpecField::FailedJobsHistoryLimit],
        _ => &[],
    };
    let key = match film.recording.step(id).key {
        Some(ObjectKey::Pod(pod)) => film.owner_of(pod, id).map(ObjectKey::Job),
        key => key,
    };
    let settings = fields.iter().filter_map(|field| film.setting(key?, *field, id));
    settings.filter_map(|setting| link::spec(Some(setting))).collect()
}
