"""The month-end run in the browser, and what lies in the output folder."""
