namespace Library.Migrations
{
    [DbContext(typeof(LibraryContext))]
    [Migration("20240101090000_Authors")]
    partial class Authors
    {
    }
}
