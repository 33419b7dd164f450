"""What the chat shows, as pure functions from records to text: HTML, SVG and exports.

Read in this order: markup (escaping, dates in words), chips and turn (one question and its answer),
asking (a question under filters),
reader (a release with its quotes marked), explain, overview and plots (the Archive tab), exports
(what is taken away), feedback (what readers said), upload (a reader's own files), sessions (who is
asking, and how much), service (what the page asks for), guard (what stands before every request).
Nothing here imports gradio: app.py alone does, and serves what these functions return.
"""
