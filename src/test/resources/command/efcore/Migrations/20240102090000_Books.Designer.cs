namespace Library.Migrations
{
    [DbContext(typeof(LibraryContext))]
    [Migration("20240102090000_Books")]
    partial class Books
    {
    }
}
