//! Pictures. They have the size asked for and one colour.

use std::io::Write;

use flate2::{Compression, Crc, write::ZlibEncoder};

use super::Handler;
use crate::{
    call::Call,
    failure::Failure,
    response::{Handled, Response},
};

pub(super) fn handler(name: &str) -> Option<Handler> {
    Some(match name {
        "getBrowser" | "getCreditCard" | "getFlag" => |call| draw(call, 100, true),
        "getInitials" => |call| draw(call, 500, false),
        "getQR" => qr,
        "getScreenshot" => |call| draw(call, 720, false),
        "getFavicon" => |_| {
            Err(unreachable("avatar_remote_url_failed", "Failed to fetch favicon from the requested URL."))
        },
        "getImage" => |_| Err(unreachable("avatar_image_not_found", "The requested image was not found.")),
        _ => return None,
    })
}

/// The emulator never goes out to fetch something.
fn unreachable(kind: &str, message: &str) -> Failure {
    Failure::new(404, kind, message)
}

fn draw(call: &Call, side: u32, is_kept: bool) -> Handled {
    let size = |name: &str| {
        call.integer(name).and_then(|value| u32::try_from(value).ok()).filter(|value| *value > 0)
    };
    let picture = picture(size("width").unwrap_or(side), size("height").unwrap_or(side));
    let life = if is_kept { "private, max-age=2592000" } else { "private, max-age=3888000" };
    Ok(Response::bytes("image/png", picture).with("cache-control", life))
}

fn qr(call: &Call) -> Handled {
    let side = call.integer("size").and_then(|value| u32::try_from(value).ok()).unwrap_or(400);
    let response =
        Response::bytes("image/png", picture(side, side)).with("cache-control", "private, max-age=3888000");
    if call.flag("download") == Some(true) {
        return Ok(response.with("content-disposition", "attachment; filename=\"qr.png\""));
    }
    Ok(response)
}

/// A grey PNG of this size.
pub(super) fn picture(width: u32, height: u32) -> Vec<u8> {
    // One byte a row that says "no filter", then one byte a pixel.
    let row = [vec![0_u8], vec![0xb0; width as usize]].concat();
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..height {
        // Writing to memory does not fail.
        let _ = encoder.write_all(&row);
    }
    let pixels = encoder.finish().unwrap_or_default();
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    // 8 bits, greyscale, the only compression, filter method and no interlacing.
    header.extend([8, 0, 0, 0, 0]);
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, content) in [(b"IHDR", header), (b"IDAT", pixels), (b"IEND", Vec::new())] {
        file.extend(u32::try_from(content.len()).unwrap_or_default().to_be_bytes());
        file.extend(name);
        file.extend(&content);
        let mut sum = Crc::new();
        sum.update(name);
        sum.update(&content);
        file.extend(sum.sum().to_be_bytes());
    }
    file
}

#[cfg(test)]
mod tests {
    #[test]
    fn pictures_start_and_end_like_png() {
        let file = super::picture(3, 2);
        assert!(file.starts_with(b"\x89PNG"));
        assert!(file.ends_with(&[0xae, 0x42, 0x60, 0x82]));
    }
}
