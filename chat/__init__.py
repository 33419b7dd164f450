"""What the chat shows, as pure functions from records to text: HTML, SVG and exports.

Read in this order: markup (escaping, dates in words), turn (one question and its answer), reader
(a release with its quotes marked), overview and plots (the Archive tab), exports (what is taken
away), feedback (what readers said), sessions (who is asking, and how much). Nothing here imports
gradio: app.py alone does, and serves what these functions return.
"""
