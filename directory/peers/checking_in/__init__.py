"""How is it going: asked of both sides of an introduction, and answered for their coordinator alone."""
