//! Pulls of images, and the back-off after a failed one (P-40 … P-45). Upstream: images/image_manager.go
//! EnsureImageExists.

use super::super::told::Told;
use super::worker::Work;
use crate::api::{Container, PullPolicy, WaitingReason};
use crate::cluster::inventory::ImageRule;
use crate::time::Span;
use std::rc::Rc;

/// What has to be done before a container can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pull {
    /// Nothing.
    Ready,
    /// It cannot be done.
    Failed,
    /// A pull, which takes this long.
    Takes(Span),
}

impl Work<'_, '_> {
    /// Begins what is needed for a container's image.
    pub(super) fn pull(&mut self, number: usize, container: &Container) -> Pull {
        let (node, now, place) = (self.worker.node, self.api.now, self.place(number));
        let image = &container.image;
        if !container.has_valid_image {
            self.tell(Told::InvalidImageName(place));
            return self.cannot_start(number, WaitingReason::InvalidImageName);
        }
        let is_there = self.images.has(node, image);
        match container.pull_policy {
            PullPolicy::Always => {}
            PullPolicy::IfNotPresent | PullPolicy::Never if is_there => {
                self.tell(Told::Pulled { container: place, took: None });
                return Pull::Ready;
            }
            PullPolicy::IfNotPresent => {}
            PullPolicy::Never => {
                self.tell(Told::NeverPulled(place));
                return self.cannot_start(number, WaitingReason::ErrImageNeverPull);
            }
        }
        let backoff = self.worker.pulls.iter().find(|(name, _)| name == image);
        if backoff.is_some_and(|(_, backoff)| backoff.holds(now)) {
            self.tell(Told::BackOffPulling(place));
            return self.cannot_start(number, WaitingReason::ImagePullBackOff);
        }
        self.tell(Told::Pulling(place));
        let pull = self.images.rule(image).map(|rule| self.images.rules[rule].pull);
        let span = match pull {
            Some(pull) if !is_there => pull.unwrap_or(ImageRule::DEFAULT_PULL),
            _ => Span::ZERO,
        };
        if span > Span::ZERO {
            return Pull::Takes(span);
        }
        if self.finish_pull(number, container, span) { Pull::Ready } else { Pull::Failed }
    }

    /// Whether a pull that ends now ends well.
    pub(super) fn finish_pull(&mut self, number: usize, container: &Container, took: Span) -> bool {
        let (node, now, place) = (self.worker.node, self.api.now, self.place(number));
        let image = &container.image;
        let rule = self.images.rule(image).map(|rule| self.images.rules[rule].clone());
        let error = rule.as_ref().and_then(|rule| {
            let is_over = rule.until.is_some_and(|until| until <= now) || self.api.inventory.has_image(&rule.pattern);
            rule.error.clone().filter(|_| !is_over)
        });
        if let Some(error) = error {
            self.tell(Told::PullFailed { container: place, error: Rc::new(error) });
            self.lengthen_pull_backoff(image);
            self.cannot_start(number, WaitingReason::ErrImagePull);
            return false;
        }
        if rule.is_some() {
            self.images.there.insert((node, image.clone()));
        }
        self.tell(Told::Pulled { container: place, took: Some(took) });
        true
    }

    fn cannot_start(&mut self, number: usize, reason: WaitingReason) -> Pull {
        let container = self.place(number);
        self.tell(Told::CannotStart { container, reason });
        self.fail_start(number, reason);
        Pull::Failed
    }
}
