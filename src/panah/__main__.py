from panah.cli import main

main()
