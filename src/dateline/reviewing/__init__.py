"""What people decide: which mention comes next (`queue`), how far coders agree (`agreement`), lessons (`lessons`)."""
