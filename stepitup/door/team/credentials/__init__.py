"""The credentials of one helper, as their coordinator keeps and checks them."""
