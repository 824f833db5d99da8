"""A document to which pages are added, each with its parent."""

OWNER, TYPE, EACH = "document_tree.document.pages", "Page", 500


class Document:
    def __init__(self):
        self.pages = []


class Page:
    def __init__(self, document, number):
        self.document = document
        self.paragraphs = [Paragraph(self, f"{number}.{i}") for i in range(10)]
        document.pages.append(self)


class Paragraph:
    def __init__(self, page, text):
        self.page = page
        self.text = text * 50


document = Document()


def run(first):
    for number in range(first, first + EACH):
        Page(document, number)


def holder():
    return document.pages
