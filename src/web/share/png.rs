//! A poster as pixels: the browser draws it.

use crate::web::browser;
use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

/// The picture of an SVG file that is so many pixels wide and high, times `scale`; `None` if the browser does not make it.
pub(super) async fn png(svg: &str, (width, height): (f64, f64), scale: f64) -> Option<Blob> {
    let image = HtmlImageElement::new().ok()?;
    let svg = String::from(js_sys::encode_uri_component(svg));
    image.set_src(&format!("data:image/svg+xml,{svg}"));
    JsFuture::from(image.decode()).await.ok()?;
    let canvas: HtmlCanvasElement = browser::element("canvas")?;
    canvas.set_width((width * scale).round() as u32);
    canvas.set_height((height * scale).round() as u32);
    let context = canvas.get_context("2d").ok()??.dyn_into::<CanvasRenderingContext2d>().ok()?;
    let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height).ok()?;
    let promise = Promise::new(&mut |done, failed| {
        let give = Closure::once_into_js(move |blob: wasm_bindgen::JsValue| {
            // Nobody waits any more if it fails.
            let _ = done.call1(&wasm_bindgen::JsValue::NULL, &blob);
        });
        if canvas.to_blob(give.unchecked_ref()).is_err() {
            let _ = failed.call0(&wasm_bindgen::JsValue::NULL);
        }
    });
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}
