//! The lanes of CronJobs: their scheduled times, and what became of each.

use super::painter::{BESIDE, Painter, Words};
use super::{Class, Glyph};
use crate::api::ObjectKey;
use crate::texts::format::time_of_day;
use crate::timeline::cron::{CronLane, Fate};
use crate::timeline::many::Many;

const CRON: f64 = 34.0;
const GROUND: f64 = 30.0;
const TIME: f64 = 8.0;
const BASELINE: f64 = 20.0;

impl Painter<'_> {
    /// All of them.
    pub(super) fn cron_jobs(&mut self) {
        let timeline = self.run.timeline;
        if timeline.crowds.cron_jobs.is_some() {
            return self.crowd_of_many(Many::CronJobs);
        }
        for (position, lane) in timeline.cron_jobs.iter().enumerate() {
            let are_many = timeline.crowd(Many::Ticks(position)).is_some();
            self.cron_job(lane, are_many);
            if are_many {
                self.crowd_of_many(Many::Ticks(position));
            }
        }
    }

    /// A lane; marks that are many have cells below it.
    fn cron_job(&mut self, lane: &CronLane, are_many: bool) {
        let words = self.words;
        self.label(CRON, "CronJob", &*lane.name);
        self.line((lane.created.at, lane.until), (GROUND, 1.0), Class::Base);
        let ticks = if are_many { &[] } else { &*lane.ticks };
        for tick in ticks {
            let x = self.x(tick.mark.at);
            self.labels.take(x - TIME / 2.0 - 1.0, x + TIME / 2.0 + 1.0);
        }
        for tick in ticks {
            let (at, x) = (tick.mark.at, self.share(tick.mark.at));
            let class = if matches!(tick.fate, Fate::Started { .. }) { Class::Wrote } else { Class::Looked };
            self.glyph(Glyph::Time, at, 8.0, class);
            let clock = time_of_day(lane.wall_clock(tick.scheduled));
            for text in [words.tick_label(lane, tick), clock] {
                let words = Words { class: Class::Second, text: &text, x, dx: TIME, y: BASELINE };
                if self.start(words, self.frame.width + BESIDE) {
                    break;
                }
            }
            let object = (tick.mark.step, ObjectKey::CronJob(lane.cron_job));
            self.mark((at, at), (7.0, 7.0), (4.0, CRON - 8.0), object, words.tick_name(lane, tick));
        }
        self.end_lane(CRON);
    }
}
