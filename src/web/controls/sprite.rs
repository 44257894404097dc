//! The drawings of the page: icons, the patterns of the states, the glyph of the product. Made of elements one by one,
//! not of markup in a string: a strict host allows no `innerHTML` (docs/security.md).

use yew::prelude::*;

/// The glyph of the product: two failures, then a success.
#[rustfmt::skip]
pub(crate) fn logo() -> Html {
    html! {
        <svg class="logo" viewBox="0 0 24 24" aria-hidden="true">
            <rect x="2" y="4" width="9" height="4" rx="2" fill="var(--failed)"/>
            <rect x="8" y="10" width="9" height="4" rx="2" fill="var(--failed)"/>
            <path d="M3 12h3M4 18h7" fill="none" stroke="var(--line-3)" stroke-width="2" stroke-linecap="round" stroke-dasharray=".1 3"/>
            <rect x="13" y="16" width="9" height="4" rx="2" fill="var(--succeeded)"/>
        </svg>
    }
}

/// All icons, and the patterns of the states. Once per page.
#[rustfmt::skip]
pub(crate) fn sprite() -> Html {
    html! {
        <svg class="sprite" aria-hidden="true" focusable="false"><defs>
            <symbol id="i-bolt" viewBox="0 0 16 16"><path d="M8.8 1.8L3.8 9h3.4l-.6 5.2L12 6.8H8.4z"/></symbol>
            <symbol id="i-close" viewBox="0 0 16 16"><path d="M4.5 4.5l7 7M11.5 4.5l-7 7"/></symbol>
            <symbol id="i-compare" viewBox="0 0 16 16"><path d="M2.5 5h8M2.5 8h4M2.5 11h11"/></symbol>
            <symbol id="i-copy" viewBox="0 0 16 16"><rect x="5.5" y="5.5" width="8" height="8" rx="1.2"/><path d="M3.5 10.5h-1v-7a1 1 0 0 1 1-1h7v1"/></symbol>
            <symbol id="i-cross" viewBox="0 0 16 16"><path d="M4 4l8 8M12 4l-8 8"/></symbol>
            <symbol id="i-down" viewBox="0 0 16 16"><path d="M4 6l4 4 4-4"/></symbol>
            <symbol id="i-absent" viewBox="0 0 16 16"><rect x="2.5" y="2.5" width="11" height="11" rx="1.5" stroke-dasharray="2.2 1.8"/><path d="M5.8 5.800l4.4 4.400M10.2 5.800l-4.4 4.4"/></symbol>
            <symbol id="i-provide" viewBox="0 0 16 16"><rect x="2.5" y="2.5" width="11" height="11" rx="1.5"/><path d="M5.5 8h5M8 5.500v5"/></symbol>
            <symbol id="i-cordon" viewBox="0 0 16 16"><path d="M3.5 2.500v11M12.5 2.500v11M3.5 8h9" stroke-dasharray="none"/></symbol>
            <symbol id="i-uncordon" viewBox="0 0 16 16"><path d="M3.5 2.500v11M12.5 2.500v11M6 8h4M8 6v4"/></symbol>
            <symbol id="i-taint" viewBox="0 0 16 16"><path d="M8 2.300c2.3 2.9 3.8 4.8 3.8 7a3.8 3.8 0 0 1-7.6 0c0-2.2 1.5-4.1 3.8-7z"/></symbol>
            <symbol id="i-lost" viewBox="0 0 16 16"><path d="M2 8h2.500l1.3-3M7.5 11l1-3M11 8h3M7 3.500l.8 2M9.5 12.500l-.6-1.5"/></symbol>
            <symbol id="i-back" viewBox="0 0 16 16"><path d="M2 8h2.500l2-4.5 3 9 2-4.500H14"/></symbol>
            <symbol id="i-drain" viewBox="0 0 16 16"><path d="M3 3.5h10v4H3zM8 7.5v6M5.5 11L8 13.5l2.5-2.5"/></symbol>
            <symbol id="i-error" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6"/><path d="M8 4.8v3.9M8 11.1v.01"/></symbol>
            <symbol id="i-evict" viewBox="0 0 16 16"><path d="M7 3H4a1 1 0 0 0-1 1v8a1 1 0 0 0 1 1h3M7 8h6.5M11 5.5L13.5 8 11 10.5"/></symbol>
            <symbol id="i-expand" viewBox="0 0 16 16"><path d="M6 4L2.5 8 6 12M10 4l3.5 4L10 12"/></symbol>
            <symbol id="i-find" viewBox="0 0 16 16"><circle cx="7" cy="7" r="4.3"/><path d="M10.2 10.2l3.3 3.3"/></symbol>
            <symbol id="i-fit" viewBox="0 0 16 16"><path d="M2.5 3.5v9M13.5 3.5v9M5 8h6M6.7 6l-2 2 2 2M9.3 6l2 2-2 2"/></symbol>
            <symbol id="i-grip" viewBox="0 0 16 16"><path d="M6 4v.01M10 4v.01M6 8v.01M10 8v.01M6 12v.01M10 12v.01" stroke-width="2"/></symbol>
            <symbol id="i-help" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6"/><path d="M6.4 6.2a1.7 1.7 0 1 1 2.5 1.6c-.6.3-.9.7-.9 1.3M8 11.3v.01"/></symbol>
            <symbol id="i-history" viewBox="0 0 16 16"><path d="M2.5 8a5.5 5.5 0 1 0 1.8-4.1L2.5 5.5M2.5 2.5v3h3M8 5v3.2l2 1.3"/></symbol>
            <symbol id="i-indent" viewBox="0 0 16 16"><path d="M2.5 3.5h11M7.5 8h6M2.5 12.5h11M2.5 6l2.2 2-2.2 2"/></symbol>
            <symbol id="i-left" viewBox="0 0 16 16"><path d="M10 4L6 8l4 4"/></symbol>
            <symbol id="i-lock" viewBox="0 0 16 16"><rect x="3.5" y="7" width="9" height="6.5" rx="1.2"/><path d="M5.5 7V5.2a2.5 2.5 0 0 1 5 0V7"/></symbol>
            <symbol id="i-memory" viewBox="0 0 16 16"><rect x="4" y="4" width="8" height="8" rx="1.2"/><path d="M6 1.8V4M10 1.8V4M6 12v2.2M10 12v2.2M1.8 6H4M1.8 10H4M12 6h2.2M12 10h2.2"/></symbol>
            <symbol id="i-minus" viewBox="0 0 16 16"><path d="M3.5 8h9"/></symbol>
            <symbol id="i-more" viewBox="0 0 16 16"><path d="M4 8v.01M8 8v.01M12 8v.01" stroke-width="2.2"/></symbol>
            <symbol id="i-next" viewBox="0 0 16 16"><path d="M4 3.5L9.5 8 4 12.5z" fill="currentColor"/><path d="M12 3.5v9"/></symbol>
            <symbol id="i-nolog" viewBox="0 0 16 16"><path d="M3.5 4h9M3.5 7h6M3.5 10h4M10 9.5l4 4M14 9.5l-4 4"/></symbol>
            <symbol id="i-note" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6"/><path d="M8 7.4v3.8M8 4.9v.01"/></symbol>
            <symbol id="i-order" viewBox="0 0 16 16"><path d="M5 3v10M2.5 10.5L5 13l2.5-2.5M9 4h4.5M9 8h3.200M9 12h2"/></symbol>
            <symbol id="i-outdent" viewBox="0 0 16 16"><path d="M2.5 3.5h11M7.5 8h6M2.5 12.5h11M4.7 6L2.5 8l2.2 2"/></symbol>
            <symbol id="i-paste" viewBox="0 0 16 16"><rect x="3.5" y="3.5" width="9" height="10" rx="1.2"/><path d="M6 3.5V2.3h4v1.2M6 7.5h4M6 10h2.5"/></symbol>
            <symbol id="i-pause" viewBox="0 0 16 16"><path d="M5.5 3.5v9M10.5 3.5v9" stroke-width="2.4"/></symbol>
            <symbol id="i-pen" viewBox="0 0 16 16"><path d="M10.8 3.2l2 2L6 12l-2.8.8.8-2.8z"/></symbol>
            <symbol id="i-play" viewBox="0 0 16 16"><path d="M5 3.2v9.6a.5.5 0 0 0 .77.42l7.2-4.8a.5.5 0 0 0 0-.84l-7.2-4.8A.5.5 0 0 0 5 3.2z" fill="currentColor" stroke="none"/></symbol>
            <symbol id="i-plus" viewBox="0 0 16 16"><path d="M3.5 8h9M8 3.5v9"/></symbol>
            <symbol id="i-pressure" viewBox="0 0 16 16"><path d="M2.5 11.5a5.5 5.5 0 1 1 11 0M8 11.5l2.8-4"/></symbol>
            <symbol id="i-prev" viewBox="0 0 16 16"><path d="M12 3.5L6.5 8l5.5 4.5z" fill="currentColor"/><path d="M4 3.5v9"/></symbol>
            <symbol id="i-redo" viewBox="0 0 16 16"><path d="M10.5 3l3 3-3 3M13.5 6h-7a3.75 3.75 0 0 0 0 7.5H10"/></symbol>
            <symbol id="i-ring" viewBox="0 0 16 16"><circle cx="8" cy="8" r="4.5"/></symbol>
            <symbol id="i-half" viewBox="0 0 16 16"><circle cx="8" cy="8" r="4.5"/><path d="M8 3.500a4.500 4.500 0 0 0 0 9z" fill="currentColor" stroke="none"/></symbol>
            <symbol id="i-full" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5" fill="currentColor" stroke="none"/></symbol>
            <symbol id="i-target" viewBox="0 0 16 16"><circle cx="8" cy="8" r="4.5"/><circle cx="8" cy="8" r="2" fill="currentColor" stroke="none"/></symbol>
            <symbol id="i-up" viewBox="0 0 16 16"><path d="M4 10l4-4 4 4"/></symbol>
            <symbol id="i-restart" viewBox="0 0 16 16"><path d="M12.8 6.5A5 5 0 1 0 13 9.3M13 3v3.6H9.4"/></symbol>
            <symbol id="i-right" viewBox="0 0 16 16"><path d="M6 4l4 4-4 4"/></symbol>
            <symbol id="i-save" viewBox="0 0 16 16"><path d="M8 2.5V10M5 7l3 3 3-3M3 11v2a.5.5 0 0 0 .5.5h9a.5.5 0 0 0 .5-.5v-2"/></symbol>
            <symbol id="i-share" viewBox="0 0 16 16"><path d="M8 10V2.5M5 5l3-3 3 3M3.5 8.5v4a1 1 0 0 0 1 1h7a1 1 0 0 0 1-1v-4"/></symbol>
            <symbol id="i-start" viewBox="0 0 16 16"><path d="M3 3.5v9M13 4L9 8l4 4M9 4L5 8l4 4"/></symbol>
            <symbol id="i-table" viewBox="0 0 16 16"><path d="M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M6 6.5v6"/></symbol>
            <symbol id="i-theme" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.5"/><path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor"/></symbol>
            <symbol id="i-tick" viewBox="0 0 16 16"><path d="M3.5 8.5l3 3 6-7"/></symbol>
            <symbol id="i-trash" viewBox="0 0 16 16"><path d="M3 4.5h10M6.3 4.3V3h3.4v1.3M4.5 4.5l.6 8.5h5.8l.6-8.5"/></symbol>
            <symbol id="i-undo" viewBox="0 0 16 16"><path d="M5.5 3L2.5 6l3 3M2.5 6h7a3.75 3.75 0 0 1 0 7.5H6"/></symbol>
            <symbol id="i-unlock" viewBox="0 0 16 16"><rect x="3.5" y="7" width="9" height="6.5" rx="1.2"/><path d="M5.5 7V4.7a2.5 2.5 0 0 1 4.8-.9"/></symbol>
            <symbol id="i-unmodelled" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6" stroke-dasharray="2.6 2.11"/><path d="M5.5 8h5"/></symbol>
            <symbol id="i-warn" viewBox="0 0 16 16"><path d="M8 2.5l6 10.5H2zM8 6.5v3M8 11.3v.01"/></symbol>
            <pattern id="p-cross" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V5M0 0H5" stroke="var(--ink-inv)" stroke-width="1" opacity=".42"/></pattern>
            <pattern id="p-dash" width="2" height="7" patternUnits="userSpaceOnUse"><path d="M0 2h2" stroke="var(--backoff)" stroke-width="4"/></pattern>
            <pattern id="p-dots" width="4" height="4" patternUnits="userSpaceOnUse"><circle cx="2" cy="2" r=".9" fill="var(--pending)" opacity=".75"/></pattern>
            <pattern id="p-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V7" stroke="var(--backoff)" stroke-width="1.6" opacity=".42"/></pattern>
            <pattern id="p-lost" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V9" stroke="var(--ink-3)" stroke-width="1.2" opacity=".38"/></pattern>
            <pattern id="p-unheard" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="var(--sheet)"/><path d="M0 0V6" stroke="var(--running)" stroke-width="1.4" opacity=".6"/></pattern>
            <pattern id="p-stripes" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><path d="M1.5 0V6" stroke="var(--terminating)" stroke-width="2.6"/></pattern>
            <pattern id="p-wave" width="6" height="12" patternUnits="userSpaceOnUse"><path d="M3 0q2.6 3 0 6t0 6" fill="none" stroke="var(--line-2)" stroke-width="1.25"/></pattern>
        </defs></svg>
    }
}
