"""A PDF as an office scanner would hand it on: pictures of its pages, askew and speckled, no text."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

#: Dots per inch, degrees, and the standard deviation of the noise on a scale of 256 greys.
RESOLUTION, TURN, NOISE = 150, 1.0, 16.0


def scan(source: Path, target: Path, *, pages: list[int] | None = None) -> Path:
    """Write the pages (all, or those of these indices from 0) as grey pictures into a PDF without text."""
    document = pdfium.PdfDocument(source)
    canvas = Canvas(str(target))
    chance = np.random.default_rng(59)
    for index in range(len(document)) if pages is None else pages:
        page = document[index]
        width, height = page.get_size()
        drawn: Image.Image = page.render(scale=RESOLUTION / 72, grayscale=True).to_pil().convert("L")
        page.close()
        turned = drawn.rotate(TURN, resample=Image.Resampling.BICUBIC, fillcolor=255)
        grey = np.asarray(turned, np.float32) + chance.normal(0, NOISE, (turned.height, turned.width))
        picture = BytesIO()
        Image.fromarray(grey.clip(0, 255).astype(np.uint8)).save(picture, "JPEG", quality=75)
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(picture), 0, 0, width, height)
        canvas.showPage()
    document.close()
    canvas.save()
    return target
