"""HTML with its computed values → the model. Every decision about a Word file is made here.

Others use `tree.HtmlElement`, `context.BlockContext`, `walk.Walk`, `context.Box` and more.
"""
