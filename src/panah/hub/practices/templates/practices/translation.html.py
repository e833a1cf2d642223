BBBB BBBB BBBBBBB BBBBBBBBBBBBBBBBBXXX gettext(u'This is a draft translation that nobody has checked against the text as it was written.') BBBB BBBB BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBXXXXBBBBB
